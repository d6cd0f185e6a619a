package org.fovea.cli.model;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
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
        description = "Describes a model: its sizes, its parameters, its memory, its arithmetic, its preprocessing.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea info vit-base-patch16-224             a published size",
            "  fovea info ./my-checkpoint --format json    a checkpoint",
            "  fovea info deit-tiny-patch16-224 --graph    every operation"
        })
public final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR|PRESET", description = "A checkpoint folder, or a name such as vit-base-patch16-224.")
    private String model;

    @Option(names = "--image-size", paramLabel = "PIXELS", description = "For square images of this size.")
    private Integer imageSize;

    @Option(names = "--graph", description = "Prints the graph that is run, an operation a line.")
    private boolean graph;

    @Mixin
    private ResultFormat format;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ModelChoice choice = open()) {
            if (graph) {
                out.print(choice.config().inferenceGraph(1, Set.of()).dump());
            } else if (format.isJson()) {
                out.println(new ModelDescription(choice).json());
            } else {
                out.print(new ModelDescription(choice).text());
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private ModelChoice open() {
        try {
            return ModelChoice.of(model, imageSize);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
