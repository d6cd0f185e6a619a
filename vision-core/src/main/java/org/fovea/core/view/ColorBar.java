package org.fovea.core.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import org.fovea.core.image.RgbImage;

/**
 * The legend of a picture in the color map viridis: a bar of its colors with the numbers they stand for.
 *
 * @param low value of dark violet
 * @param high value of yellow
 */
public record ColorBar(double low, double high) {
    private static final int GAP = 12;
    private static final int BAR = 16;
    private static final int NUMBERS = 4;
    private static final int TALLEST = 360;

    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException when one is not finite or the lower is larger
     */
    public ColorBar {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "ColorBar: the ends must be finite, the lower first, got " + low + " and " + high);
        }
    }

    /** Draws the bar to the right of a picture, in a new picture. */
    public RgbImage beside(RgbImage picture) {
        int height = Math.max(picture.height(), 3 * Canvas.LINE);
        Canvas canvas = new Canvas(picture.width() + width(), height);
        canvas.picture(picture, 0, 0);
        draw(canvas, picture.width(), 0, height);
        return canvas.finish();
    }

    /** Width in pixels of the bar and its numbers. */
    int width() {
        return GAP
                + BAR
                + NUMBERS
                + Canvas.widest(List.of(text(high), text((low + high) / 2), text(low)), Canvas.SMALL)
                + 2;
    }

    /** Draws the bar into a strip of the given height whose left edge is at x. */
    void draw(Canvas canvas, int x, int y, int height) {
        int pad = Canvas.LINE / 2;
        int tall = Math.min(TALLEST, height - 2 * pad);
        int top = y + (height - tall) / 2;
        Graphics2D g = canvas.graphics();
        for (int i = 0; i < tall; i++) {
            g.setColor(new Color(Viridis.rgb(low < high ? 1 - (i + 0.5) / tall : 0)));
            g.fillRect(x + GAP, top + i, BAR, 1);
        }
        g.setColor(Canvas.INK);
        int right = x + GAP + BAR + NUMBERS;
        if (low < high) {
            canvas.text(text(high), right, top, Canvas.SMALL, Canvas.Align.LEFT);
            canvas.text(text((low + high) / 2), right, top + tall / 2.0, Canvas.SMALL, Canvas.Align.LEFT);
        }
        canvas.text(text(low), right, top + tall, Canvas.SMALL, Canvas.Align.LEFT);
    }

    /** Formats a number of the scale; one that is negligible relative to the scale is 0. */
    private String text(double value) {
        return number(Math.abs(value) < 1e-3 * (high - low) ? 0 : value);
    }

    /** Formats a number with two or three digits: {@code 0.25}, {@code 12}, {@code 1.5e-5}. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < 1e-3 || size >= 1e5) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return decimals == 0 ? text : text.replaceFirst("\\.?0+$", "");
    }
}
