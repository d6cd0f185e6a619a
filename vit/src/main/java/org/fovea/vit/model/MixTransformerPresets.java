package org.fovea.vit.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.nn.Activation;
import org.fovea.vit.model.MixTransformerEncoder.Stage;

/**
 * Published Mix Transformers.
 *
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021, table 6</a>
 */
public final class MixTransformerPresets {
    private static final List<Integer> NARROW = List.of(32, 64, 160, 256);
    private static final List<Integer> WIDE = List.of(64, 128, 320, 512);
    private static final List<Integer> HEADS = List.of(1, 2, 5, 8);
    private static final List<Integer> REDUCTIONS = List.of(8, 4, 2, 1);
    private static final List<Integer> PATCHES = List.of(7, 3, 3, 3);
    private static final List<Integer> STRIDES = List.of(4, 2, 2, 2);
    private static final List<List<Integer>> DEPTHS = List.of(
            List.of(2, 2, 2, 2),
            List.of(2, 2, 2, 2),
            List.of(3, 4, 6, 3),
            List.of(3, 4, 18, 3),
            List.of(3, 8, 27, 3),
            List.of(3, 6, 40, 3));

    private MixTransformerPresets() {}

    /** Number of sizes: B0 to B5. */
    public static int sizes() {
        return DEPTHS.size();
    }

    /** Widths of the stages, for a size from 0 (B0) to 5 (B5). */
    public static List<Integer> widths(int size) {
        return size == 0 ? NARROW : WIDE;
    }

    /** Depths of the stages, for a size from 0 (B0) to 5 (B5). */
    public static List<Integer> depths(int size) {
        return DEPTHS.get(size);
    }

    /** MiT-B0 to MiT-B5 for square images. */
    public static MixTransformerEncoder of(int size, int pixels) {
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; s < HEADS.size(); s++) {
            stages.add(new Stage(
                    widths(size).get(s),
                    depths(size).get(s),
                    HEADS.get(s),
                    REDUCTIONS.get(s),
                    PATCHES.get(s),
                    STRIDES.get(s),
                    4));
        }
        return new MixTransformerEncoder(pixels, pixels, 3, Activation.GELU, stages);
    }
}
