package org.fovea.core.image;

/**
 * The gray of colors, as Pillow's conversion to mode L has it.
 *
 * @see <a href="https://www.itu.int/rec/R-REC-BT.601">ITU-R BT.601</a>, the weights in 16 fraction bits
 */
final class Luma {
    private static final int RED = 19595;
    private static final int GREEN = 38470;
    private static final int BLUE = 7471;
    private static final int HALF = 1 << 15;

    private Luma() {}

    /** Converts an image to gray: three equal channels. */
    static RgbImage of(RgbImage image) {
        byte[] in = image.samples();
        byte[] out = new byte[in.length];
        for (int i = 0; i < in.length; i += RgbImage.CHANNELS) {
            int sum = RED * (in[i] & 0xff) + GREEN * (in[i + 1] & 0xff) + BLUE * (in[i + 2] & 0xff) + HALF;
            byte gray = (byte) (sum >> 16);
            out[i] = gray;
            out[i + 1] = gray;
            out[i + 2] = gray;
        }
        return RgbImage.wrap(image.height(), image.width(), out);
    }
}
