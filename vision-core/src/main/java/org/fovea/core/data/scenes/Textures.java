package org.fovea.core.data.scenes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Patterns on objects, in units of their radius and turned with them. */
final class Textures {
    private static final double STRIPE = 0.24;
    private static final double DOT = 0.3;
    private static final double CHECK = 0.36;
    private static final int REACH = 5; // cells in each direction from the center

    private Textures() {}

    static void draw(Graphics2D graphics, SceneObject o, Shape outline, int pixels, Color color) {
        Shape clip = graphics.getClip();
        AffineTransform before = graphics.getTransform();
        graphics.clip(outline);
        graphics.translate(o.x() * pixels, o.y() * pixels);
        graphics.rotate(o.rotation());
        graphics.scale(o.radius() * pixels, o.radius() * pixels);
        graphics.setColor(color);
        switch (o.texture()) {
            case PLAIN -> {}
            case STRIPED -> stripes(graphics);
            case DOTTED -> dots(graphics);
            case CHECKERED -> checks(graphics);
        }
        graphics.setTransform(before);
        graphics.setClip(clip);
    }

    private static void stripes(Graphics2D graphics) {
        for (int i = -REACH; i <= REACH; i++) {
            graphics.fill(new Rectangle2D.Double(2 * i * STRIPE - STRIPE / 2, -1, STRIPE, 2));
        }
    }

    private static void dots(Graphics2D graphics) {
        for (int i = -REACH; i <= REACH; i++) {
            for (int j = -REACH; j <= REACH; j++) {
                double x = (i + (j % 2 == 0 ? 0 : 0.5)) * 1.5 * DOT;
                graphics.fill(new Ellipse2D.Double(x - DOT / 2, j * 1.3 * DOT - DOT / 2, DOT, DOT));
            }
        }
    }

    private static void checks(Graphics2D graphics) {
        for (int i = -REACH; i <= REACH; i++) {
            for (int j = -REACH; j <= REACH; j++) {
                if ((i + j) % 2 == 0) {
                    graphics.fill(new Rectangle2D.Double(i * CHECK, j * CHECK, CHECK, CHECK));
                }
            }
        }
    }
}
