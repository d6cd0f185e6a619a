package org.fovea.core.image;

import java.util.Locale;

/**
 * A resampling filter, with the code that Pillow and the hubs' preprocessing files give it.
 *
 * @see <a href="https://pillow.readthedocs.io/en/stable/handbook/concepts.html#filters">Pillow's filters</a>
 */
public enum Resampling {
    /** Nearest input pixel; no antialiasing. */
    NEAREST(0, 0),
    /** Mean of the covered input pixels. */
    BOX(4, 0.5),
    /** Triangle filter, as wide as two input pixels or two output pixels, whichever is more. */
    BILINEAR(2, 1),
    /** Sinc with a Hamming window, as wide as the triangle filter. */
    HAMMING(5, 1),
    /** Cubic convolution with a = -0.5 (Keys 1981). */
    BICUBIC(3, 2),
    /** Sinc with a sinc window, three lobes. */
    LANCZOS(1, 3);

    private final int code;
    private final double support;

    Resampling(int code, double support) {
        this.code = code;
        this.support = support;
    }

    /**
     * Filter for a code of Pillow.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Resampling ofCode(int code) {
        for (Resampling r : values()) {
            if (r.code == code) {
                return r;
            }
        }
        throw new IllegalArgumentException(
                "Resampling: code must be 0 nearest, 1 lanczos, 2 bilinear, 3 bicubic, 4 box or 5 hamming, got "
                        + code);
    }

    /**
     * Filter by name in any case, such as {@code bicubic}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Resampling ofName(String name) {
        for (Resampling r : values()) {
            if (r.name().equalsIgnoreCase(name)) {
                return r;
            }
        }
        throw new IllegalArgumentException(
                "Resampling: name must be nearest, box, bilinear, hamming, bicubic or lanczos, got " + name);
    }

    /** Half the width of the filter, in input pixels when enlarging and output pixels when reducing. */
    double support() {
        return support;
    }

    /** Value of the filter at a distance from its center. */
    double weight(double x) {
        double d = Math.abs(x);
        return switch (this) {
            case NEAREST -> throw new IllegalStateException("NEAREST has no weights");
            case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
            case BILINEAR -> d < 1 ? 1 - d : 0;
            case HAMMING -> d == 0 ? 1 : d >= 1 ? 0 : sinc(d) * (0.54 + 0.46 * Math.cos(d * Math.PI));
            case BICUBIC -> cubic(d);
            case LANCZOS -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        };
    }

    private static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        double t = x * Math.PI;
        return Math.sin(t) / t;
    }

    private static double cubic(double d) {
        double a = -0.5;
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }

    /** Name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
