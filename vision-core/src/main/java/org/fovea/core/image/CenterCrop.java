package org.fovea.core.image;

import java.util.List;

/**
 * Cuts the middle out of an image; a smaller image is padded.
 *
 * @param rounding rounding of an odd margin
 * @param fill sample values of padding, 0 to 255, one per channel R, G, B
 */
record CenterCrop(int height, int width, Rounding rounding, List<Integer> fill) implements Framing {
    static final List<Integer> BLACK = List.of(0, 0, 0);

    /** Rounding of half an odd margin by the two libraries. */
    enum Rounding {
        /** Like Hugging Face transformers: down. */
        DOWN,
        /** Like torchvision: to the even neighbor when cropping, down when padding. */
        HALF_EVEN
    }

    CenterCrop(int height, int width, Rounding rounding) {
        this(height, width, rounding, BLACK);
    }

    @Override
    public CenterCrop withSize(int newHeight, int newWidth) {
        return new CenterCrop(newHeight, newWidth, rounding, fill);
    }

    @Override
    public int top(int imageHeight) {
        return offset(imageHeight, height);
    }

    @Override
    public int left(int imageWidth) {
        return offset(imageWidth, width);
    }

    @Override
    public float padding(int channel, float[] table) {
        return table[fill.get(channel)];
    }

    private int offset(int imagePixels, int cropPixels) {
        int margin = imagePixels - cropPixels;
        if (rounding == Rounding.DOWN) {
            return Math.floorDiv(margin, 2);
        }
        return margin < 0 ? -(-margin / 2) : (int) Math.rint(margin / 2.0);
    }

    @Override
    public String toString() {
        return "crop the middle " + height + " x " + width + (fill.equals(BLACK) ? "" : ", padded with " + fill);
    }
}
