package org.fovea.studies.digits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import org.fovea.core.image.RgbImage;
import org.fovea.core.view.Panels;

/**
 * Digits as they were given, with the frame that the transformer looked at, and as it straightened them: four of every ten.
 *
 * @param given {@code [100, 1, 42, 42]}
 * @param straightened the same shape
 * @param places {@code [100, 42, 42, 2]}, the (x, y) that each pixel was sampled at
 */
record DigitSheet(float[] given, float[] straightened, float[] places) {
    private static final int SIDE = Distortion.SIDE;
    private static final int ZOOM = 2;
    private static final int CELL = ZOOM * SIDE + 4;
    private static final int TENS = 10;
    private static final int SHOWN = 4;
    private static final Color FRAME = new Color(0xffb000);

    RgbImage draw() {
        return Panels.inColumns(2)
                .with("as given, and where the transformer looks", mosaic(given, true))
                .with("what the classifier sees", mosaic(straightened, false))
                .draw();
    }

    private RgbImage mosaic(float[] digits, boolean framed) {
        BufferedImage out = new BufferedImage(SHOWN * CELL, TENS * CELL, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, out.getWidth(), out.getHeight());
        for (int ten = 0; ten < TENS; ten++) {
            for (int i = 0; i < SHOWN; i++) {
                Graphics2D cell = (Graphics2D) g.create(i * CELL, ten * CELL, ZOOM * SIDE, ZOOM * SIDE);
                int digit = ten * TENS + i;
                cell.drawImage(picture(digits, digit), 0, 0, ZOOM * SIDE, ZOOM * SIDE, null);
                if (framed) {
                    frame(cell, digit);
                }
                cell.dispose();
            }
        }
        g.dispose();
        return RgbImage.from(out);
    }

    private static BufferedImage picture(float[] digits, int digit) {
        BufferedImage out = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < SIDE * SIDE; i++) {
            int gray = Math.round(255 * Math.max(0, Math.min(1, digits[digit * SIDE * SIDE + i])));
            out.setRGB(i % SIDE, i / SIDE, gray << 16 | gray << 8 | gray);
        }
        return out;
    }

    /** The outline of what was sampled: the places of the corner pixels. */
    private void frame(Graphics2D g, int digit) {
        int last = SIDE - 1;
        int[] corners = {0, last, last * SIDE + last, last * SIDE};
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners.length; i++) {
            int at = 2 * (digit * SIDE * SIDE + corners[i]);
            double x = (places[at] + 1) / 2 * ZOOM * SIDE;
            double y = (places[at + 1] + 1) / 2 * ZOOM * SIDE;
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        path.closePath();
        g.setColor(FRAME);
        g.setStroke(new BasicStroke(1.5f));
        g.draw(path);
    }
}
