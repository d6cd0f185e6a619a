package org.fovea.core.view;

/**
 * The color map viridis: equal steps look equal, also in gray and to color-blind eyes.
 *
 * <p>Ten of its colors, straight lines between.
 *
 * @see <a href="https://bids.github.io/colormap/">Smith and van der Walt 2015</a>, public domain
 */
final class Viridis {
    private static final int[] COLORS = {
        0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725
    };

    private Viridis() {}

    /** Color of a value from 0, dark violet, to 1, yellow, as {@code 0xRRGGBB}. */
    static int rgb(double value) {
        int out = 0;
        for (int channel = 0; channel < 3; channel++) {
            out = out << 8 | (int) Math.round(channel(value, channel));
        }
        return out;
    }

    /** Returns whether black is easier to read than white on the color of a value. */
    static boolean isLight(double value) {
        return 0.299 * channel(value, 0) + 0.587 * channel(value, 1) + 0.114 * channel(value, 2) > 140;
    }

    /**
     * One channel of the color of a value.
     *
     * @param value from 0, dark violet, to 1, yellow
     * @param channel 0 red, 1 green, 2 blue
     * @return from 0 to 255
     */
    static double channel(double value, int channel) {
        double at = value * (COLORS.length - 1);
        int below = Math.min((int) at, COLORS.length - 2);
        int shift = 16 - 8 * channel;
        int from = COLORS[below] >> shift & 0xff;
        int to = COLORS[below + 1] >> shift & 0xff;
        return from + (at - below) * (to - from);
    }
}
