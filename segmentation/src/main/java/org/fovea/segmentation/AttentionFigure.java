package org.fovea.segmentation;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Outline;
import org.fovea.core.view.Panels;
import org.fovea.core.view.ScaledPhotograph;
import org.fovea.segmentation.model.AttentionLayout;

/**
 * A figure of a {@link SegmentationExplanation}: the image with a pixel marked, then a panel for each mechanism. Shares of places are
 * those that the pixel's place gives; gates of places lie on the image; gates of channels are a square each, from 0 to 1.
 */
record AttentionFigure(SegmentationExplanation why, RgbImage image, InputGeometry geometry, int x, int y) {
    private static final int COLUMNS = 5;
    private static final double RADIUS = 5;

    RgbImage draw(List<Integer> layers) {
        ScaledPhotograph scaled = ScaledPhotograph.of(image, geometry);
        RgbImage photograph = marked(scaled.photograph());
        String label =
                why.segmentation().labels().get(why.segmentation().classes().label(y, x));
        Panels panels = Panels.evenly(COLUMNS, 1 + layers.size()).with("(" + x + ", " + y + "): " + label, photograph);
        for (int layer : layers) {
            AttentionLayout layout = why.layers().get(layer);
            panels = panels.with(
                    layout.name(),
                    switch (layout.kind()) {
                        case PLACES ->
                            marked(HeatMap.of(why.map(layer, x, y)).drawOn(scaled.photograph(), scaled.geometry()));
                        case GATES -> HeatMap.of(why.gates(layer)).drawOn(scaled.photograph(), scaled.geometry());
                        case CHANNELS ->
                            channels(why.channels(layer), scaled.photograph().width());
                    });
        }
        return panels.draw();
    }

    /** Draws a ring around the pixel. */
    private RgbImage marked(RgbImage scaled) {
        BufferedImage out = scaled.toBufferedImage();
        Graphics2D graphics = out.createGraphics();
        double left = (x + 0.5) * scaled.width() / image.width() - RADIUS;
        double top = (y + 0.5) * scaled.height() / image.height() - RADIUS;
        Outline.draw(graphics, new Ellipse2D.Double(left, top, 2 * RADIUS, 2 * RADIUS), 2);
        graphics.dispose();
        return RgbImage.from(out);
    }

    /** Draws a square for each channel, row by row so that they fill a rectangle, with the color scale beside them. */
    private static RgbImage channels(Tensor gates, int width) {
        float[] factors = gates.toFloats();
        int across = (int) Math.ceil(Math.sqrt(factors.length));
        while (factors.length % across != 0) {
            across++;
        }
        int down = factors.length / across;
        HeatMap map = HeatMap.of(Tensor.of(factors, down, across))
                .withRange(0, 1)
                .withOpacity(1)
                .withSharpCells();
        int side = Math.max(1, width * 3 / 4 / across);
        RgbImage blank = RgbImage.of(down * side, across * side, new byte[3 * down * side * across * side]);
        return map.bar().beside(map.drawOn(blank));
    }
}
