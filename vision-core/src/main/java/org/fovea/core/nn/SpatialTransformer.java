package org.fovea.core.nn;

import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * A spatial transformer: θ = f(image)·Wᵀ + b, the image sampled bilinearly at the places that θ gives. It learns where to look
 * from the loss of what follows; derivatives reach the image and, through the places, f.
 *
 * @param localisation localization network f, {@code [B, C, H, W]} to {@code [B, F]}
 * @param grid map from θ to sampling positions, and the size of the result
 * @param padding values outside the image
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, section 3</a>
 */
public record SpatialTransformer(Block localisation, SamplingGrid grid, GridPadding padding) {
    /**
     * Results of a spatial transformer.
     *
     * @param image {@code [B, C, height, width]} of the grid
     * @param places {@code [B, height, width, 2]}: the (x, y) that each pixel was sampled at, -1 to 1
     * @param theta {@code [B, parameters]}
     */
    public record Transformed(Value image, Value places, Value theta) {}

    /**
     * Adds the block and its weights {@code localisation} and {@code theta} ({@code weight} [parameters, F], {@code bias}).
     *
     * @param image {@code [B, C, H, W]}
     * @throws IllegalArgumentException unless the image has four axes
     */
    public Transformed build(Scope scope, Value image) {
        Check.that(image.shape().rank() == 4, "SpatialTransformer: the image", "be [B, C, H, W]", image.shape());
        Value features = localisation.build(scope.child("localisation"), image); // [B, F]
        Value theta = new LinearLayer(grid.parameters(), true).build(scope.child("theta"), features);
        Value places = grid.build(theta); // [B, h, w, 2]
        return new Transformed(sample(image, places), places, theta);
    }

    /** Samples the image at positions {@code [B, h, w, 2]}. */
    public Value sample(Value image, Value places) {
        return image.graph().apply(new GridSample(padding, grid.alignCorners()), image, places);
    }

    /**
     * Initial values with which every image passes unchanged: {@code theta.weight} zeros, {@code theta.bias} the identity.
     *
     * @param features number of features, F
     * @return values by full name
     */
    public Map<String, Tensor> initial(Scope scope, int features) {
        return Map.of(
                scope.name("theta.weight"), Tensor.zeros(DType.F32, Shape.of(grid.parameters(), features)),
                scope.name("theta.bias"), grid.identity());
    }
}
