package org.fovea.cli.gallery;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.core.backend.Backend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea gallery}. */
@Command(
        name = "gallery",
        description = {
            "Draws what each attention mechanism looks at, and a page that explains them all.",
            "",
            "Every picture comes from the real block, run on the backend. Prints the path of each file."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea gallery pictures                     then open pictures/index.html",
            "  fovea gallery pictures --backend nd4j      on the other backend"
        })
public final class GalleryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "OUTDIR",
            description =
                    "Folder for the pictures and index.html; made where there is none, files of an earlier run are replaced.")
    private Path directory;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        engine.check();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(), "OUTDIR must be a folder, got the file '" + directory + "'; name another");
        }
        Backend backend = engine.load();
        PrintWriter out = spec.commandLine().getOut();
        Gallery.write(backend, directory, file -> {
            out.println(file);
            out.flush();
        });
        return ExitCode.DONE;
    }
}
