package org.fovea.cli.train;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of commands that read images with the right answers. */
final class DataOption {
    @Option(
            names = {"-d", "--data"},
            required = true,
            paramLabel = "DIR|ZIP|FILE",
            description = "Images with the right answers, in the form of the task, which is told above.")
    private Path data;

    Path path() {
        return data;
    }
}
