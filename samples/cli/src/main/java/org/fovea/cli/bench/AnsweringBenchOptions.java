package org.fovea.cli.bench;

import java.nio.file.Path;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.vqa.hub.AnswererFamilies;
import org.fovea.vqa.hub.Presets;
import org.fovea.vqa.hub.PretrainedAnswerer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea bench} for models that answer questions. */
final class AnsweringBenchOptions {
    private static final int WORDS = 40;
    private static final int TOKENS = 5;
    private static final long SEED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--words",
            paramLabel = "N",
            description = "Of an answerer: tokens of each question; by default 40, or as many as the model takes.")
    private Integer words;

    /**
     * Benchmark of an answerer, given by a preset or a checkpoint folder; empty if the name is neither.
     *
     * @param tokens number of tokens of each generated answer; null for the default
     * @throws ParameterException for options that contradict each other
     * @throws org.fovea.core.ModelFormatException when the checkpoint is wrong
     */
    Optional<Bench> bench(String name, Integer imageSize, Integer tokens, Backend backend, double seconds) {
        if (!Presets.has(name) && !AnswererFamilies.ALL.canRead(Path.of(name))) {
            if (words != null) {
                throw usage("--words needs an answerer such as vilt-b32-finetuned-vqa");
            }
            return Optional.empty();
        }
        if (imageSize != null) {
            throw usage("--image-size is for classifiers: an answerer takes images of its own size");
        }
        PretrainedAnswerer answerer =
                Presets.has(name) ? Presets.named(name, SEED) : PretrainedAnswerer.open(Path.of(name));
        int most = answerer.spec().model().positions();
        if (words != null && (words < 1 || words > most)) {
            answerer.close();
            throw usage("--words must lie in [1, " + most + "], got " + words);
        }
        return Optional.of(new AnsweringBench(
                name,
                answerer,
                backend,
                words == null ? Math.min(WORDS, most) : words,
                tokens == null ? TOKENS : tokens,
                seconds));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
