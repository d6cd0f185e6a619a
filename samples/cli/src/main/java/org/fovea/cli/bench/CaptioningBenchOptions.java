package org.fovea.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.captioning.hub.CaptionerFamilies;
import org.fovea.captioning.hub.Presets;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.cli.model.DecoderWeightsOption;
import org.fovea.core.backend.Backend;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code fovea bench} for captioners. */
final class CaptioningBenchOptions {
    private static final int TOKENS = 20;
    private static final long SEED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--beams",
            split = ",",
            paramLabel = "N",
            description = "Of a captioner: beams of the search, 1 for greedy; by default 1,3.")
    private List<Integer> beams;

    @Mixin
    private DecoderWeightsOption weights;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            description =
                    "Of a captioner: tokens of each caption, exactly; by default 20. Of an answerer that writes: 5.")
    private Integer tokens;

    /** Number of tokens of each generated text; null if not given. */
    Integer tokens() {
        if (tokens != null && tokens < 1) {
            throw usage("--max-new-tokens must be at least 1, got " + tokens);
        }
        return tokens;
    }

    /**
     * Benchmark of a captioner, given by a preset or a checkpoint folder; empty if the name is neither.
     *
     * @throws ParameterException for options that contradict each other
     * @throws org.fovea.core.ModelFormatException when the checkpoint is wrong
     */
    Optional<Bench> bench(String name, Integer imageSize, Backend backend, double seconds) {
        if (!Presets.has(name) && !CaptionerFamilies.ALL.canRead(Path.of(name))) {
            if (beams != null || tokens != null) {
                throw usage("--beams and --max-new-tokens need a captioner such as blip-image-captioning-base");
            }
            return Optional.empty();
        }
        if (imageSize != null) {
            throw usage("--image-size is for classifiers: a captioner takes images of its own size");
        }
        tokens();
        if (beams != null && beams.stream().anyMatch(n -> n < 1)) {
            throw usage("--beams must be at least 1, got " + beams);
        }
        PretrainedCaptioner captioner =
                Presets.has(name) ? Presets.named(name, SEED) : PretrainedCaptioner.open(Path.of(name));
        return Optional.of(new CaptioningBench(
                name,
                captioner,
                backend,
                weights.get(),
                beams == null ? List.of(1, 3) : beams,
                tokens == null ? TOKENS : tokens,
                seconds));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
