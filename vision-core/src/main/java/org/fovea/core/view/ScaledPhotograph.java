package org.fovea.core.view;

import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.PillowResize;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;

/**
 * A photograph at the size of a panel: photographs are of all sizes, figures are not.
 *
 * @param geometry part of it that the model saw
 */
public record ScaledPhotograph(RgbImage photograph, InputGeometry geometry) {
    /** Longer side of each panel in pixels. */
    private static final int SIDE = 280;

    /**
     * Resizes an image to a panel.
     *
     * @param seen part of it that the model saw
     */
    public static ScaledPhotograph of(RgbImage image, InputGeometry seen) {
        double scale = (double) SIDE / Math.max(image.height(), image.width());
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        double down = (double) height / image.height();
        double across = (double) width / image.width();
        InputGeometry scaled =
                new InputGeometry(seen.left() * across, seen.top() * down, seen.right() * across, seen.bottom() * down);
        return new ScaledPhotograph(PillowResize.resize(image, height, width, Resampling.BICUBIC), scaled);
    }
}
