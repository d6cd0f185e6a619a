package org.fovea.cli.gallery;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.fovea.core.image.RgbImage;
import org.fovea.core.view.Outline;

/** A way over a picture: numbered squares joined by lines. */
final class Trail {
    private Trail() {}

    /**
     * Copy of a picture with a path drawn on it.
     *
     * @param points coordinates (x, y) one after the other; (-1, -1) is the top left corner and (1, 1) the bottom right
     * @param side side of the squares in pixels
     */
    static RgbImage of(RgbImage picture, float[] points, int side) {
        BufferedImage out = picture.toBufferedImage();
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        Path2D way = new Path2D.Double();
        for (int t = 0; t < points.length / 2; t++) {
            double x = (points[2 * t] + 1) / 2 * picture.width();
            double y = (points[2 * t + 1] + 1) / 2 * picture.height();
            if (t == 0) {
                way.moveTo(x, y);
            } else {
                way.lineTo(x, y);
            }
            way.append(new Rectangle2D.Double(x - side / 2.0, y - side / 2.0, side, side), false);
            way.moveTo(x, y);
        }
        Outline.draw(g, way, 2);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        FontMetrics metrics = g.getFontMetrics();
        for (int t = points.length / 2 - 1; t >= 0; t--) {
            int x = Math.round((points[2 * t] + 1) / 2 * picture.width()) - side / 2;
            int y = Math.round((points[2 * t + 1] + 1) / 2 * picture.height()) - side / 2;
            String number = Integer.toString(t + 1);
            g.setColor(Color.WHITE);
            g.fillRect(x - 1, y - 1, metrics.stringWidth(number) + 6, 17);
            g.setColor(Color.BLACK);
            g.drawString(number, x + 2, y + 13);
        }
        g.dispose();
        return RgbImage.from(out);
    }
}
