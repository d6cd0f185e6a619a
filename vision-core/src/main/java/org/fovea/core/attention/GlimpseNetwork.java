package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * Encodes what is seen and where in one vector: h_ρ = ReLU(W ρ), h_l = ReLU(W l), g = ReLU(W h_ρ + W h_l), each map with a bias.
 *
 * @param sensor sensor that computes ρ
 * @param hidden width of h_ρ and of h_l
 * @param width of g
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, section 4</a>
 */
public record GlimpseNetwork(GlimpseSensor sensor, int hidden, int width) {
    /** Checks the sizes. */
    public GlimpseNetwork {
        Check.positive("GlimpseNetwork: hidden", hidden);
        Check.positive("GlimpseNetwork: width", width);
    }

    /**
     * Adds the block and its weights {@code patch}, {@code point}, {@code what} and {@code where}, each with {@code weight} and
     * {@code bias}.
     *
     * @param images {@code [B, C, H, W]}
     * @param points {@code [B, 2]}; see {@link GlimpseSensor}
     * @return {@code [B, width]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value build(Scope scope, Value images, Value points) {
        return look(scope, sensor.blurred(images), points);
    }

    /** Adds the network for one glimpse of images that the sensor has blurred. */
    Value look(Scope scope, List<Value> blurred, Value points) {
        Value patches = sensor.look(blurred, points);
        Value flat = patches.reshape(patches.shape().dim(0), -1); // [B, scales·C·g·g]
        Value patch =
                new LinearLayer(hidden, true).build(scope.child("patch"), flat).relu();
        Value point = new LinearLayer(hidden, true)
                .build(scope.child("point"), points)
                .relu();
        Value what = new LinearLayer(width, true).build(scope.child("what"), patch);
        return what.add(new LinearLayer(width, true).build(scope.child("where"), point))
                .relu();
    }
}
