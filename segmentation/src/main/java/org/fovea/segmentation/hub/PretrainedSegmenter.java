package org.fovea.segmentation.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.RandomWeights;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.output.Palette;

/**
 * A segmenter as the hubs publish it: what {@code config.json} says, and weights under our names.
 *
 * @param palette colors of the classes from {@code "palette"}, each {@code [red, green, blue]}; by default those of {@link
 *     Palette#stable}
 * @param parameters weights, read from disk on demand; closed with this object
 */
public record PretrainedSegmenter(SegmenterSpec spec, Palette palette, Parameters parameters) implements AutoCloseable {
    private static final String PALETTE = "palette";
    private static final String PALETTE_RULE = "an array of colors [red, green, blue], each 0 to 255";

    /**
     * Opens a checkpoint directory of any of {@link SegmenterFamilies#ALL}.
     *
     * @param directory holds {@code config.json} and the weights
     * @throws org.fovea.core.ModelFormatException when a file is missing or wrong; the message names the file, the key or
     *     tensor, the rule, the actual value and the fix, and lists all mismatched tensors
     */
    public static PretrainedSegmenter open(Path directory) {
        return CheckpointDirectory.open(
                directory,
                SegmenterFamilies.ALL,
                (file, spec, weights) -> new PretrainedSegmenter(spec, palette(file), weights));
    }

    private static Palette palette(ConfigFile json) {
        if (!json.has(PALETTE)) {
            return Palette.stable();
        }
        List<Integer> colors = new ArrayList<>();
        Object all = json.values().get(PALETTE);
        if (!(all instanceof List<?> list)) {
            throw json.wrong(PALETTE, PALETTE_RULE);
        }
        for (Object each : list) {
            ConfigFile color = ConfigFile.of(json.file(), Map.of(PALETTE, each));
            List<Integer> rgb = color.integers(PALETTE, 0, 255).orElse(List.of());
            if (rgb.size() != 3) {
                throw json.wrong(PALETTE, PALETTE_RULE);
            }
            colors.add(rgb.get(0) << 16 | rgb.get(1) << 8 | rgb.get(2));
        }
        return new Palette(colors);
    }

    /**
     * Creates a specification's model with random weights, for benchmarks.
     *
     * @param seed seed of the weights
     */
    static PretrainedSegmenter random(SegmenterSpec spec, long seed) {
        return new PretrainedSegmenter(
                spec, Palette.stable(), RandomWeights.of(spec.model().parameterShapes(), seed));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
