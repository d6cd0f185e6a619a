package org.fovea.core.hub;

import org.fovea.core.Check;

/** Sizes above which a configuration is taken for damaged: far beyond every published model, small enough to compute with. */
public final class ModelLimits {
    /** Maximum side of an image or of a patch in pixels. */
    public static final int IMAGE_PIXELS = 16_384;
    /** Maximum number of channels of an image. */
    public static final int CHANNELS = 1_024;
    /** Maximum number of channels of a token. */
    public static final int WIDTH = 65_536;
    /** Maximum number of blocks of a model. */
    public static final int DEPTH = 1_024;
    /** Maximum side or stride of a convolution's kernel. */
    public static final int KERNEL = 1_024;
    /** Maximum number of channels within a feed-forward block. */
    public static final int HIDDEN = 1 << 20;
    /** Maximum number of logits of a classifier. */
    public static final int CLASSES = 10_000_000;
    /** Maximum number of learned tokens beside the patches. */
    public static final int REGISTERS = 1_024;
    /** Maximum number of tokens of a sequence. */
    public static final int TOKENS = 1 << 20;
    /** Maximum number of elements of a tensor: 2 GiB with 4 bytes each. */
    private static final long TENSOR_ELEMENTS = Integer.MAX_VALUE / 4;

    private ModelLimits() {}

    /**
     * Checks a size.
     *
     * @param what owner and name of the size, such as {@code ViTConfig: width}
     * @throws IllegalArgumentException when it is out of range
     */
    public static void check(String what, int actual, int least, int most) {
        Check.within(least, most, what, actual);
    }

    /**
     * Checks that a weight is not too large.
     *
     * @param what owner and name of the weight, such as {@code ViTConfig: the classifier}
     * @throws IllegalArgumentException when it has too many elements
     */
    public static void checkTensor(String what, long rows, long columns) {
        Check.that(
                rows * columns <= TENSOR_ELEMENTS,
                what,
                "have at most " + TENSOR_ELEMENTS + " elements",
                rows + " x " + columns);
    }
}
