package org.fovea.core.image;

/**
 * One axis of a resize, of whose result a window is wanted.
 *
 * @param inSize pixels of the image
 * @param outSize pixels of the whole result
 * @param from first wanted pixel of the result
 * @param count number of wanted pixels
 */
record ResizeAxis(int inSize, int outSize, int from, int count) {
    /** Creates an axis whose whole result is wanted. */
    ResizeAxis(int inSize, int outSize) {
        this(inSize, outSize, 0, outSize);
    }

    /** Returns whether the result equals the image. */
    boolean keepsAll() {
        return inSize == outSize && count == outSize;
    }

    double scale() {
        return (double) inSize / outSize;
    }

    /**
     * Index of the image's pixel for each pixel of the window, for {@link Resampling#NEAREST}. Steps are accumulated in
     * floating point like in Pillow, to select the same pixels.
     */
    int[] nearestInputs() {
        double at = scale() * 0.5;
        int[] inputs = new int[count];
        for (int o = 0; o < from + count; o++, at += scale()) {
            if (o >= from) {
                inputs[o - from] = Math.min((int) at, inSize - 1);
            }
        }
        return inputs;
    }
}
