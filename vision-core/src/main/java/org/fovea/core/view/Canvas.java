package org.fovea.core.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.image.RgbImage;

/** A picture to draw on, white at first; Java2D with the fonts, colors and measures that all pictures share. */
final class Canvas {
    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x1b1f24);
    static final Color PALE = new Color(0x9aa1a9);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font NORMAL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    /** Height of a line of text, in pixels. */
    static final int LINE = 20;

    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    /** Part of a text that lies at the given point. */
    enum Align {
        LEFT(0),
        CENTER(0.5),
        RIGHT(1);

        private final double share;

        Align(double share) {
            this.share = share;
        }
    }

    private final BufferedImage image;
    private final Graphics2D graphics;

    Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(INK);
    }

    Graphics2D graphics() {
        return graphics;
    }

    /** Draws a picture with its top left corner at a pixel. */
    void picture(RgbImage picture, int x, int y) {
        graphics.drawImage(picture.toBufferedImage(), x, y, null);
    }

    /** Draws one line of text in the current color, vertically centered at y. */
    void text(String text, double x, double y, Font font, Align align) {
        graphics.setFont(font);
        double baseline = y + font.getSize() * 0.35;
        graphics.drawString(text, (float) (x - align.share * exactWidth(text, font)), (float) baseline);
    }

    /** Draws text that rises steeply to the right, with its first letter at a point. */
    void risingText(String text, double x, double y, double angle, Font font) {
        AffineTransform before = graphics.getTransform();
        graphics.rotate(-angle, x, y);
        text(text, x, y, font, Align.LEFT);
        graphics.setTransform(before);
    }

    void outline(Shape shape) {
        Outline.draw(graphics, shape, 2.5f);
    }

    RgbImage finish() {
        graphics.dispose();
        return RgbImage.from(image);
    }

    /** Width of a line of text, in pixels, rounded up. */
    static int width(String text, Font font) {
        return (int) Math.ceil(exactWidth(text, font));
    }

    private static double exactWidth(String text, Font font) {
        return text.isEmpty() ? 0 : new TextLayout(text, font, MEASURE).getAdvance();
    }

    /** Width of the widest line, in pixels; 0 for none. */
    static int widest(List<String> lines, Font font) {
        return lines.stream().mapToInt(line -> width(line, font)).max().orElse(0);
    }

    /** Breaks a text into lines no wider than given, if its words allow it. */
    static List<String> wrap(String text, Font font, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || width(longer, font) <= width) {
                line = longer;
            } else {
                lines.add(line);
                line = word;
            }
        }
        lines.add(line);
        return lines;
    }
}
