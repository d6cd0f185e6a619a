package org.fovea.core.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;

/** Lines that are seen on every color: white on black. */
public final class Outline {
    private Outline() {}

    /**
     * Draws the outline of a shape.
     *
     * @param width width of the white line, in pixels; the black one is twice as wide
     */
    public static void draw(Graphics2D graphics, Shape shape, float width) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(2 * width));
        pen.draw(shape);
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(width));
        pen.draw(shape);
        pen.dispose();
    }
}
