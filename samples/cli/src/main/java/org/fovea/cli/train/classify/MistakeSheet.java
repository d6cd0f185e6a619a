package org.fovea.cli.train.classify;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.vit.train.Evaluation;
import org.fovea.vit.train.Evaluation.Mistake;

/** The surest mistakes as a sheet of thumbnails, each with its name, what it is and what it was taken for. */
final class MistakeSheet {
    private static final int COLUMNS = 6;
    private static final int SIDE = 150;
    private static final int CAPTION = 50;
    private static final int GAP = 8;

    private MistakeSheet() {}

    static RgbImage of(Evaluation evaluation) throws IOException {
        int count = evaluation.mistakes().size();
        int rows = Math.max(1, (count + COLUMNS - 1) / COLUMNS);
        BufferedImage image = new BufferedImage(
                COLUMNS * (SIDE + GAP) + GAP, rows * (SIDE + CAPTION + GAP) + GAP, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setColor(Color.BLACK);
        if (count == 0) {
            g.drawString("no mistakes", GAP, GAP + 16);
        }
        ImageDecoder decoder = ImageDecoder.create();
        for (int i = 0; i < count; i++) {
            int x = GAP + i % COLUMNS * (SIDE + GAP);
            int y = GAP + i / COLUMNS * (SIDE + CAPTION + GAP);
            draw(g, evaluation, evaluation.mistakes().get(i), decoder, x, y);
        }
        g.dispose();
        return RgbImage.from(image);
    }

    private static void draw(Graphics2D g, Evaluation evaluation, Mistake m, ImageDecoder decoder, int x, int y)
            throws IOException {
        RgbImage photo = decoder.decode(m.sample().source().read(), m.sample().name());
        double scale = (double) SIDE / Math.max(photo.height(), photo.width());
        g.drawImage(photo.toBufferedImage(), x, y, (int) (scale * photo.width()), (int) (scale * photo.height()), null);
        String name = m.sample().name();
        text(g, name.length() > 22 ? "…" + name.substring(name.length() - 21) : name, x, y + SIDE + 14);
        text(g, "is " + evaluation.labels().get(m.actual()), x, y + SIDE + 29);
        text(
                g,
                String.format(
                        Locale.ROOT, "got %s %.0f%%", evaluation.labels().get(m.predicted()), 100 * m.probability()),
                x,
                y + SIDE + 44);
    }

    private static void text(Graphics2D g, String text, int x, int y) {
        g.drawString(text.length() > 24 ? text.substring(0, 23) + "…" : text, x, y);
    }
}
