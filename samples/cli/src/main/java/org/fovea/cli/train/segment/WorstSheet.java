package org.fovea.cli.train.segment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.train.SegmentationSample;
import org.fovea.segmentation.train.SegmenterScores;
import org.fovea.segmentation.train.SegmenterScores.ImageScore;

/** The worst images, a row each: the image, its true mask and the one that was found. */
final class WorstSheet {
    private static final int ROWS = 6;
    private static final int COLUMNS = 3;
    private static final int SIDE = 240;
    private static final int CAPTION = 20;
    private static final int GAP = 8;
    private static final float GOLDEN = 0.618034f; // rotation on the color circle from label to label

    private WorstSheet() {}

    static RgbImage of(SegmenterScores scores) {
        List<ImageScore> worst = scores.worst(ROWS);
        BufferedImage sheet = new BufferedImage(
                COLUMNS * (SIDE + GAP) + GAP,
                Math.max(1, worst.size()) * (SIDE + CAPTION + GAP) + GAP,
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = sheet.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setColor(Color.BLACK);
        for (int i = 0; i < worst.size(); i++) {
            int y = GAP + i * (SIDE + CAPTION + GAP);
            ImageScore image = worst.get(i);
            SegmentationSample sample = image.sample();
            draw(g, sample.image().toBufferedImage(), 0, y);
            draw(g, colored(sample.instances().orElse(sample.classes())), 1, y);
            draw(g, colored(image.found()), 2, y);
            g.drawString(
                    String.format(Locale.ROOT, "%.3f  %s: image, truth, found", image.score(), sample.name()),
                    GAP,
                    y + SIDE + CAPTION - 6);
        }
        g.dispose();
        return RgbImage.from(sheet);
    }

    private static void draw(Graphics2D g, BufferedImage image, int column, int y) {
        double scale = (double) SIDE / Math.max(image.getHeight(), image.getWidth());
        int width = (int) Math.max(1, scale * image.getWidth());
        int height = (int) Math.max(1, scale * image.getHeight());
        g.drawImage(image, GAP + column * (SIDE + GAP), y, width, height, null);
    }

    private static BufferedImage colored(LabelMask mask) {
        BufferedImage out = new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                int label = mask.label(y, x);
                out.setRGB(x, y, label == 0 ? 0 : Color.HSBtoRGB(label * GOLDEN, 0.6f, 0.95f));
            }
        }
        return out;
    }
}
