package org.fovea.core.data.scenes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/** Draws scenes with smooth edges, shading, textures and soft shadows. */
public final class ScenePainter {
    private static final int SHADOW_LAYERS = 4;
    private static final int SHADOW_ALPHA = 26; // amplitude of each layer, of 255
    private static final double SHADOW_OFFSET = 0.022;
    private static final double SHADOW_GROWTH = 0.07;

    private ScenePainter() {}

    /**
     * Renders a scene.
     *
     * @param shorterPixels length of the picture's shorter side, at least 16
     * @throws IllegalArgumentException when the size is less
     */
    public static RgbImage paint(Scene scene, int shorterPixels) {
        if (shorterPixels < 16) {
            throw new IllegalArgumentException(
                    "ScenePainter: the shorter side must have at least 16 pixels, got " + shorterPixels);
        }
        return RgbImage.from(draw(scene, shorterPixels));
    }

    /** Width of the picture in pixels. */
    static int width(Scene scene, int shorterPixels) {
        return (int) Math.round(scene.width() * shorterPixels);
    }

    /** Height of the picture in pixels. */
    static int height(Scene scene, int shorterPixels) {
        return (int) Math.round(scene.height() * shorterPixels);
    }

    private static BufferedImage draw(Scene scene, int pixels) {
        BufferedImage image =
                new BufferedImage(width(scene, pixels), height(scene, pixels), BufferedImage.TYPE_INT_RGB);
        RandomGenerator random = new SplittableRandom(~scene.seed());
        Backgrounds.fill(image, scene.background(), random);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            for (SceneObject o : scene.objects()) {
                Shape outline = Outlines.of(o, pixels);
                shadow(graphics, o, outline, pixels);
                body(graphics, o, outline, pixels, random);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void shadow(Graphics2D graphics, SceneObject o, Shape outline, int pixels) {
        graphics.setColor(new Color(0, 0, 0, SHADOW_ALPHA));
        double x = o.x() * pixels;
        double y = o.y() * pixels;
        for (int i = 0; i < SHADOW_LAYERS; i++) {
            double scale = 0.95 + SHADOW_GROWTH * i;
            AffineTransform move =
                    AffineTransform.getTranslateInstance(x + SHADOW_OFFSET * pixels, y + SHADOW_OFFSET * pixels);
            move.scale(scale, scale);
            move.translate(-x, -y);
            graphics.fill(move.createTransformedShape(outline));
        }
    }

    private static void body(Graphics2D graphics, SceneObject o, Shape outline, int pixels, RandomGenerator random) {
        float radius = (float) (o.radius() * pixels);
        Color base = jitter(o.color().rgb(), random);
        Point2D light = new Point2D.Double(o.x() * pixels - radius * 0.35, o.y() * pixels - radius * 0.45);
        graphics.setPaint(new RadialGradientPaint(
                light, 2 * radius, new float[] {0, 1}, new Color[] {shade(base, 0.16), shade(base, -0.2)}));
        graphics.fill(outline);
        if (o.texture() != ObjectTexture.PLAIN) {
            Textures.draw(graphics, o, outline, pixels, contrast(base));
        }
        graphics.setPaint(shade(base, -0.45));
        graphics.setStroke(new java.awt.BasicStroke(Math.max(0.6f, radius * 0.06f)));
        graphics.draw(outline);
    }

    private static Color jitter(Color color, RandomGenerator random) {
        int spread = 14;
        return new Color(
                clip(color.getRed() + random.nextInt(-spread, spread + 1)),
                clip(color.getGreen() + random.nextInt(-spread, spread + 1)),
                clip(color.getBlue() + random.nextInt(-spread, spread + 1)));
    }

    /** Moves a color toward white (up to 1) or black (down to -1). */
    static Color shade(Color color, double amount) {
        double target = amount > 0 ? 255 : 0;
        double share = Math.abs(amount);
        return new Color(
                clip(color.getRed() + share * (target - color.getRed())),
                clip(color.getGreen() + share * (target - color.getGreen())),
                clip(color.getBlue() + share * (target - color.getBlue())));
    }

    /** Color of a texture on a body: the same hue, clearly darker or lighter. */
    private static Color contrast(Color base) {
        int luma = (base.getRed() * 3 + base.getGreen() * 6 + base.getBlue()) / 10;
        return luma < 90 ? shade(base, 0.42) : shade(base, -0.38);
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
