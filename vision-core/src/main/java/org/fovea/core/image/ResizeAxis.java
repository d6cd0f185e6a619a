package org.fovea.core.image;

/**
 * One axis of a resize, of whose result a window is wanted.
 *
 * @param inSize pixels of the image
 * @param outSize pixels of the whole result
 * @param from the first pixel of the result that is wanted
 * @param count number of those
 */
record ResizeAxis(int inSize, int outSize, int from, int count) {
    /** The whole result. */
    ResizeAxis(int inSize, int outSize) {
        this(inSize, outSize, 0, outSize);
    }

    /** Returns whether the result is the image itself. */
    boolean keepsAll() {
        return inSize == outSize && count == outSize;
    }

    double scale() {
        return (double) inSize / outSize;
    }

    /**
     * The image's pixel for each of the window's, for {@link Resampling#NEAREST}. Pillow sums the step up in floating
     * point; so does this, to land on the same pixels.
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
