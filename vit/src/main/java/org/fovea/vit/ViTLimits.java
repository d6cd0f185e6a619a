package org.fovea.vit;

/** Sizes above which a configuration is taken for damaged: far beyond every published model, small enough to compute with. */
final class ViTLimits {
    static final int IMAGE_PIXELS = 16_384;
    static final int CHANNELS = 1_024;
    static final int WIDTH = 65_536;
    static final int DEPTH = 1_024;
    static final int KERNEL = 1_024;
    static final int HIDDEN = 1 << 20;
    static final int CLASSES = 10_000_000;
    static final int REGISTERS = 1_024;
    static final int TOKENS = 1 << 20;
    /** One tensor takes at most 2 GiB. */
    static final long TENSOR_ELEMENTS = Integer.MAX_VALUE / 4;

    private ViTLimits() {}

    static void check(String what, int actual, int least, int most) {
        if (actual < least || actual > most) {
            throw new IllegalArgumentException(
                    "ClassifierConfig: " + what + " must lie in [" + least + ", " + most + "], got " + actual);
        }
    }

    static void checkTensor(String what, long rows, long columns) {
        if (rows * columns > TENSOR_ELEMENTS) {
            throw new IllegalArgumentException("ClassifierConfig: " + what + " must have at most " + TENSOR_ELEMENTS
                    + " elements, got " + rows + " x " + columns);
        }
    }
}
