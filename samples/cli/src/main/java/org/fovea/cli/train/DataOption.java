package org.fovea.cli.train;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of commands that read labelled images. */
final class DataOption {
    @Option(
            names = {"-d", "--data"},
            required = true,
            paramLabel = "DIR|ZIP|FILE",
            description = "Images by class: split/class/*.jpg in a folder or zip file, or a manifest (.csv, .jsonl).")
    private Path data;

    Path path() {
        return data;
    }
}
