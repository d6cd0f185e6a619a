package org.fovea.core.data.scenes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Masks of what a scene shows, without smooth edges. */
public final class SceneMasks {
    private SceneMasks() {}

    /**
     * Visible part of each object.
     *
     * @param shorterPixels length of the picture's shorter side, as for {@link ScenePainter#paint}
     * @return labels {@code [H * W]}, row by row: 0 for the background, i + 1 for object i
     */
    public static int[] instances(Scene scene, int shorterPixels) {
        int width = ScenePainter.width(scene, shorterPixels);
        int height = ScenePainter.height(scene, shorterPixels);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            for (int i = 0; i < scene.objects().size(); i++) {
                graphics.setColor(new Color(i + 1));
                graphics.fill(Outlines.of(scene.objects().get(i), shorterPixels));
            }
        } finally {
            graphics.dispose();
        }
        int[] out = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < out.length; i++) {
            out[i] &= 0xffffff;
        }
        return out;
    }

    /**
     * Shape visible at each pixel.
     *
     * @return labels {@code [H * W]}, row by row: 0 for the background, else the shape's ordinal plus 1
     */
    public static int[] shapes(Scene scene, int shorterPixels) {
        int[] out = instances(scene, shorterPixels);
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] == 0 ? 0 : scene.objects().get(out[i] - 1).shape().ordinal() + 1;
        }
        return out;
    }

    /**
     * Cells of a grid over the picture that show a part of each object.
     *
     * @return {@code [objects][rows * columns]}, row by row
     */
    public static boolean[][] places(SceneSample sample, int rows, int columns) {
        int height = sample.picture().height();
        int width = sample.picture().width();
        int[] mask = instances(sample.scene(), Math.min(height, width));
        boolean[][] out = new boolean[sample.scene().objects().size()][rows * columns];
        for (int p = 0; p < mask.length; p++) {
            if (mask[p] > 0) {
                int row = p / width * rows / height;
                int column = p % width * columns / width;
                out[mask[p] - 1][row * columns + column] = true;
            }
        }
        return out;
    }
}
