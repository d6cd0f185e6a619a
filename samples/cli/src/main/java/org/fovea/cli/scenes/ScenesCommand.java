package org.fovea.cli.scenes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.Progress;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneFolder;
import org.fovea.core.data.scenes.SceneOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code fovea scenes}. */
@Command(
        name = "scenes",
        description = {
            "Draws scenes of a few objects with captions, questions and masks, to learn from.",
            "",
            "Writes images/, instances/ and shapes/ (masks), captions.jsonl and questions.jsonl. The same seed gives the same files."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea scenes scenes --count 1000 --seed 1",
            "  fovea scenes unseen --count 200 --seed 2 --combinations held-out"
        })
public final class ScenesCommand implements Callable<Integer> {
    private static final int SMALLEST = 16;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "OUT", description = "Folder for the scenes; made where there is none.")
    private Path folder;

    @Option(names = "--count", required = true, paramLabel = "N", description = "Number of scenes.")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides the scenes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--size",
            paramLabel = "P",
            defaultValue = "128",
            description = "Pixels of a side, at least " + SMALLEST + " (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--captions",
            paramLabel = "N",
            defaultValue = "5",
            description = "Captions of each scene (default: ${DEFAULT-VALUE}).")
    private int captions;

    @Option(
            names = "--combinations",
            paramLabel = "KIND",
            defaultValue = "seen",
            converter = CombinationsConverter.class,
            description = "Combinations of color and shape: those of training (seen), with one that training never"
                    + " shows (held-out), or all (default: ${DEFAULT-VALUE}).")
    private Combinations combinations;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        check("--count", count, 1);
        check("--size", size, SMALLEST);
        check("--captions", captions, 1);
        if (Files.exists(folder.resolve("captions.jsonl"))) {
            throw new ParameterException(
                    spec.commandLine(), "OUT must not hold scenes already, got '" + folder + "'; name another folder");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    spec.commandLine(), "OUT must be a folder, got the file '" + folder + "'; name another");
        }
        SceneDataset scenes = new SceneDataset(SceneOptions.defaults().with(combinations), seed, count, size, captions);
        try (Progress progress = Progress.show("scenes", spec.commandLine().getErr(), false, count)) {
            SceneFolder.write(folder, scenes, () -> progress.add(1));
        }
        spec.commandLine().getOut().println(folder);
        return ExitCode.DONE;
    }

    private void check(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + " must be at least " + least + ", got " + value);
        }
    }

    /** Understands {@code held-out}. */
    static final class CombinationsConverter implements ITypeConverter<Combinations> {
        @Override
        public Combinations convert(String text) {
            for (Combinations each : Combinations.values()) {
                if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                    return each;
                }
            }
            throw new TypeConversionException("must be seen, held-out or all, got '" + text + "'");
        }
    }
}
