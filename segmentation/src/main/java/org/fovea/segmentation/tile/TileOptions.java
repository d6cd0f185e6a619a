package org.fovea.segmentation.tile;

import org.fovea.core.Check;
import org.fovea.core.hub.ModelLimits;

/**
 * Tiles in which a network sees an image at the image's own scale.
 *
 * @param pixels side of a tile
 * @param overlap minimum overlap of adjacent tiles as a fraction of their side, at least 0 and below 1. Tiles are distributed
 *     evenly, so they may overlap more
 */
public record TileOptions(int pixels, double overlap) {
    private static final double HALF = 0.5;

    /** Checks the numbers. */
    public TileOptions {
        Check.within(1, ModelLimits.IMAGE_PIXELS, "TileOptions: pixels", pixels);
        Check.share("TileOptions: overlap", overlap);
    }

    /** Tiles that overlap by half their side. */
    public static TileOptions of(int pixels) {
        return new TileOptions(pixels, HALF);
    }
}
