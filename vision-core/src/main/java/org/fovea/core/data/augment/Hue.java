package org.fovea.core.data.augment;

import org.fovea.core.image.RgbImage;

/** Turns the color circle: hue in HSV, saturation and value as they were. */
final class Hue {
    private Hue() {}

    /** Rotates the hue of every pixel by a number of turns, from -0.5 to 0.5. */
    static RgbImage turn(RgbImage image, double turns) {
        byte[] samples = image.toBytes();
        for (int i = 0; i < samples.length; i += 3) {
            int r = samples[i] & 0xff;
            int g = samples[i + 1] & 0xff;
            int b = samples[i + 2] & 0xff;
            int most = Math.max(r, Math.max(g, b));
            int span = most - Math.min(r, Math.min(g, b));
            if (span > 0) {
                float sixths = sixths(r, g, b, most, span) + 6 * (float) turns;
                samples[i] = channel(5 + sixths, most, span);
                samples[i + 1] = channel(3 + sixths, most, span);
                samples[i + 2] = channel(1 + sixths, most, span);
            }
        }
        return RgbImage.of(image.height(), image.width(), samples);
    }

    private static float sixths(int r, int g, int b, int most, int span) {
        if (most == r) {
            return (float) (g - b) / span;
        }
        return most == g ? 2 + (float) (b - r) / span : 4 + (float) (r - g) / span;
    }

    /** Value of a channel, which is a trapezoid over the color circle. */
    private static byte channel(float position, int most, int span) {
        float k = position - 6 * (float) Math.floor(position / 6);
        float fall = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
        return (byte) Math.round(most - span * fall);
    }
}
