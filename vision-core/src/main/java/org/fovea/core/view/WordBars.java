package org.fovea.core.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/** A picture of words with a bar each, as long as its weight. */
public final class WordBars {
    private static final Color BAR = new Color(0x8f, 0xc9, 0xa8);
    private static final int LEAST_WIDTH = 120;
    private static final int MARGIN = 4;

    private WordBars() {}

    /**
     * Draws the bars; that of the largest weight is as wide as the picture.
     *
     * @param weights of the words, at least 0
     * @param width width of the picture in pixels, enlarged if that is too little to read
     * @throws IllegalArgumentException when there are no words, or not a weight for each
     */
    public static RgbImage draw(List<String> words, List<Double> weights, int width) {
        Check.positive("WordBars: the number of words", words.size());
        Check.that(words.size() == weights.size(), "WordBars: weights", "be as many as words", weights.size());
        int wide = Math.max(width, LEAST_WIDTH);
        double most = weights.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        Canvas canvas = new Canvas(wide, words.size() * Canvas.LINE + MARGIN);
        Graphics2D graphics = canvas.graphics();
        for (int i = 0; i < words.size(); i++) {
            double length = most > 0 ? wide * weights.get(i) / most : 0;
            graphics.setColor(BAR);
            graphics.fill(new Rectangle2D.Double(0, i * Canvas.LINE + 1.0, length, Canvas.LINE - 2.0));
            graphics.setColor(Canvas.INK);
            canvas.text(words.get(i), MARGIN, (i + 0.5) * Canvas.LINE, Canvas.NORMAL, Canvas.Align.LEFT);
        }
        return canvas.finish();
    }
}
