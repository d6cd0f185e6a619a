package org.fovea.vit.model;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.vit.model.SwinEncoder.Stage;

/**
 * Published Swin transformers, of 1,000 classes.
 *
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021, section 3.3</a>
 */
public final class SwinPresets {
    private static final int CLASSES = 1000;

    private SwinPresets() {}

    /** Swin-T: 28 million weights. */
    public static SwinConfig tiny(int window, int pixels) {
        return of(96, List.of(2, 2, 6, 2), List.of(3, 6, 12, 24), window, pixels);
    }

    /** Swin-S: 50 million weights. */
    public static SwinConfig small(int window, int pixels) {
        return of(96, List.of(2, 2, 18, 2), List.of(3, 6, 12, 24), window, pixels);
    }

    /** Swin-B: 88 million weights. */
    public static SwinConfig base(int window, int pixels) {
        return of(128, List.of(2, 2, 18, 2), List.of(4, 8, 16, 32), window, pixels);
    }

    /** Swin-L: 197 million weights. */
    public static SwinConfig large(int window, int pixels) {
        return of(192, List.of(2, 2, 18, 2), List.of(6, 12, 24, 48), window, pixels);
    }

    private static SwinConfig of(int width, List<Integer> depths, List<Integer> heads, int window, int pixels) {
        return new SwinConfig(
                new SwinEncoder(pixels, pixels, 3, 4, width, stages(depths, heads), window, 4, true, false, 1e-5),
                CLASSES);
    }

    /**
     * Stages of the given depths and heads.
     *
     * @throws IllegalArgumentException when the lists differ in length
     */
    public static List<Stage> stages(List<Integer> depths, List<Integer> heads) {
        if (depths.size() != heads.size()) {
            throw new IllegalArgumentException("SwinEncoder: depths and heads must name the same number of stages, got "
                    + depths + " and " + heads);
        }
        return IntStream.range(0, depths.size())
                .mapToObj(i -> new Stage(depths.get(i), heads.get(i)))
                .toList();
    }
}
