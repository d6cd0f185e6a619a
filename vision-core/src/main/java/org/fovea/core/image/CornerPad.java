package org.fovea.core.image;

/** An image at the top left of a larger input, zeros of the normalized numbers right of it and below; what does not fit is cut. */
record CornerPad(int height, int width) implements Framing {
    @Override
    public int top(int imageHeight) {
        return 0;
    }

    @Override
    public int left(int imageWidth) {
        return 0;
    }

    @Override
    public float padding(int channel, float[] table) {
        return 0;
    }

    @Override
    public CornerPad withSize(int newHeight, int newWidth) {
        return new CornerPad(newHeight, newWidth);
    }

    @Override
    public String toString() {
        return "pad right and below to " + height + " x " + width + " with zeros";
    }
}
