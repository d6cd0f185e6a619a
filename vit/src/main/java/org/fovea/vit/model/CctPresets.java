package org.fovea.vit.model;

import org.fovea.core.nn.ConvTokenizer;

/**
 * The published sizes of {@link CctConfig}.
 *
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, table 11</a>
 */
public final class CctPresets {
    private static final int SMALL_PIXELS = 32;

    private CctPresets() {}

    /** CCT-2/3x2 for 32 pixels and 10 classes, 0.28 M parameters. */
    public static CctConfig cct2() {
        return of(2, 3, 2, SMALL_PIXELS, 10);
    }

    /** CCT-4/3x2 for 32 pixels and 10 classes, 0.48 M parameters. */
    public static CctConfig cct4() {
        return of(4, 3, 2, SMALL_PIXELS, 10);
    }

    /**
     * Model whose width is the one that the authors give to its depth.
     *
     * @param depth number of blocks
     * @param kernel side of the convolutions' kernels, odd
     * @param convolutions number of the tokenizer's convolutions
     */
    public static CctConfig of(int depth, int kernel, int convolutions, int pixels, int classes) {
        int width = depth < 6 ? 128 : depth < 14 ? 256 : 384;
        int heads = depth < 6 ? 2 : depth < 14 ? 4 : 6;
        int ratio = depth < 6 ? 1 : depth < 14 ? 2 : 3;
        ConvTokenizer tokenizer = ConvTokenizer.of(kernel, convolutions);
        return new CctConfig(
                new CompactEncoder(pixels, pixels, 3, tokenizer, width, depth, heads, ratio * width), classes);
    }
}
