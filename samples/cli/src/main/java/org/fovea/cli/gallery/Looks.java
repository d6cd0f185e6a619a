package org.fovea.cli.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of things in the picture, told apart by their color alone. */
enum Looks {
    RED(0.80, 0.28, 0.27),
    BLUE(0.25, 0.38, 0.80),
    GREEN(0.20, 0.65, 0.33),
    YELLOW(0.92, 0.80, 0.25),
    SKY(0.62, 0.80, 0.95),
    FLOOR(0.60, 0.54, 0.47);

    private static final double SHARPNESS = 40;

    private final double[] color;

    Looks(double red, double green, double blue) {
        color = new double[] {red, green, blue};
    }

    /** Names of the kinds in lower case. */
    static List<String> names() {
        return Arrays.stream(values())
                .map(look -> look.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Membership of a color in each kind; sums to 1. */
    static float[] shares(float[] rgb) {
        double[] out = new double[values().length];
        double sum = 0;
        for (Looks look : values()) {
            double apart = 0;
            for (int c = 0; c < 3; c++) {
                apart += Math.pow(rgb[c] - look.color[c], 2);
            }
            out[look.ordinal()] = Math.exp(-SHARPNESS * apart);
            sum += out[look.ordinal()];
        }
        float[] shares = new float[out.length];
        for (int i = 0; i < out.length; i++) {
            shares[i] = (float) (out[i] / Math.max(sum, 1e-30));
        }
        return shares;
    }
}
