package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;

/**
 * A localization net that sees a square thumbnail, so that its weights do not depend on the image's size.
 *
 * @param side of the thumbnail, in pixels
 * @param net network that processes the thumbnail
 */
public record ThumbnailLocalisation(int side, Block net) implements Block {
    /** Checks the size. */
    public ThumbnailLocalisation {
        Check.positive("ThumbnailLocalisation: side", side);
    }

    @Override
    public Value build(Scope scope, Value image) {
        boolean small = image.shape().dim(2) == side && image.shape().dim(3) == side;
        Value seen =
                small ? image : image.graph().apply(new Resize2d(ResizeKind.BILINEAR, side, side, false, true), image);
        return net.build(scope, seen); // side length in [B, C, side, side]
    }
}
