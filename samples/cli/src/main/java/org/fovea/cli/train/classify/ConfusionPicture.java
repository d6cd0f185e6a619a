package org.fovea.cli.train.classify;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.ConfusionMatrix;
import org.fovea.vit.train.Evaluation;

/** A confusion matrix as a picture: rows are the right classes, columns the predicted ones, colors shares of the row. */
final class ConfusionPicture {
    /** Number of classes from which on labels do not fit. */
    private static final int WORDS = 40;

    private static final int CELL = 44;
    private static final int SMALL_CELL = 4;
    private static final int MARGIN = 150;

    private ConfusionPicture() {}

    static RgbImage of(Evaluation evaluation) {
        ConfusionMatrix matrix = evaluation.scores().confusion();
        int classes = matrix.classes();
        boolean words = classes <= WORDS;
        int cell = words ? CELL : SMALL_CELL;
        int margin = words ? MARGIN : 0;
        BufferedImage image =
                new BufferedImage(margin + classes * cell, margin + classes * cell, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int actual = 0; actual < classes; actual++) {
            for (int predicted = 0; predicted < classes; predicted++) {
                cell(g, matrix, actual, predicted, margin, cell, words);
            }
        }
        if (words) {
            names(g, evaluation.labels());
        }
        g.dispose();
        return RgbImage.from(image);
    }

    private static void cell(
            Graphics2D g, ConfusionMatrix matrix, int actual, int predicted, int margin, int cell, boolean words) {
        long count = matrix.count(actual, predicted);
        double share = matrix.support(actual) == 0 ? 0 : (double) count / matrix.support(actual);
        int x = margin + predicted * cell;
        int y = margin + actual * cell;
        int light = (int) Math.round(255 * (1 - Math.sqrt(share)));
        g.setColor(
                actual == predicted ? new Color(light, 255 - (255 - light) / 3, light) : new Color(255, light, light));
        g.fillRect(x, y, cell, cell);
        if (words && count > 0) {
            g.setColor(Color.BLACK);
            String text = Long.toString(count);
            g.drawString(text, x + (cell - g.getFontMetrics().stringWidth(text)) / 2, y + cell / 2 + 5);
        }
    }

    private static void names(Graphics2D g, List<String> labels) {
        g.setColor(Color.BLACK);
        g.drawString("right class, down; predicted, across", 6, 16);
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.get(i).length() > 20 ? labels.get(i).substring(0, 19) + "…" : labels.get(i);
            int middle = MARGIN + i * CELL + CELL / 2;
            g.drawString(name, Math.max(2, MARGIN - 6 - g.getFontMetrics().stringWidth(name)), middle + 5);
            Graphics2D turned = (Graphics2D) g.create();
            turned.translate(middle + 5, MARGIN - 6);
            turned.rotate(-Math.PI / 2);
            turned.drawString(name, 0, 0);
            turned.dispose();
        }
    }
}
