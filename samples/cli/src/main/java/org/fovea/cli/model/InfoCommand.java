package org.fovea.cli.model;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.image.ImageProcessor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea info}. */
@Command(
        name = "info",
        description = {
            "Describes a model of any task: its sizes, its parameters, its memory, its arithmetic, its preprocessing.",
            "GFLOP count a multiplication and an addition as two."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea info vit-base-patch16-224             a published size",
            "  fovea info scenes-captioner                 a model that comes with this version",
            "  fovea info ./my-checkpoint --format json    a checkpoint",
            "  fovea info deit-tiny-patch16-224 --graph    every operation"
        })
public final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR|PRESET",
            description = "A checkpoint folder, or a name such as vit-base-patch16-224 or sam-vit-base.")
    private String model;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "For square images of this size, where the model takes it.")
    private Integer imageSize;

    @Option(names = "--graph", description = "Prints the graphs that are run, an operation a line.")
    private boolean graph;

    @Mixin
    private ResultFormat format;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        DescriptionView view = describe();
        if (graph) {
            out.print(view.graphs());
        } else if (format.isJson()) {
            out.println(view.json());
        } else {
            out.print(view.text());
        }
        out.flush();
        return ExitCode.DONE;
    }

    private DescriptionView describe() {
        Optional<Path> folder = ModelFolder.existing(model);
        Optional<Integer> pixels = Optional.ofNullable(imageSize);
        try {
            Catalogs.Task task = folder.map(Catalogs::of).orElseGet(() -> Catalogs.of(model));
            ModelDescription described = folder.map(path -> task.models().checkpoint(path, pixels))
                    .orElseGet(() -> task.models().preset(model, pixels));
            List<String> steps = folder.map(this::preprocessing).orElse(List.of());
            return new DescriptionView(model, task.command(), described, steps);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<String> preprocessing(Path folder) {
        ImageProcessor own = ImageProcessor.loadAnySize(folder);
        return (imageSize == null ? own : own.withImageSize(imageSize)).describe();
    }
}
