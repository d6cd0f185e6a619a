package org.fovea.vit.model;

import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.weights.DerivedWeights;
import org.fovea.core.weights.DerivedWeights.Derived;

/** Learned weights brought to another image size. */
final class ResizedPositions {
    private ResizedPositions() {}

    /**
     * Learned weights with the position embedding resized.
     *
     * @param position name of the position embedding
     */
    static WeightSource of(
            WeightSource learned,
            String position,
            PositionEmbedding from,
            PositionEmbedding to,
            PositionResize filter) {
        Derived resized = new Derived(
                learned.shape(position).with(1, to.count()), () -> from.resize(learned.tensor(position), to, filter));
        return new DerivedWeights(learned, Map.of(position, resized));
    }

    /**
     * Checks that a model can be resized to another.
     *
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    static void check(ClassifierConfig stored, ClassifierConfig target) {
        if (!stored.withImage(target.imageHeight(), target.imageWidth()).equals(target)) {
            throw new IllegalArgumentException(stored.getClass().getSimpleName()
                    + ": target may differ in the image size alone, got " + stored + " and " + target);
        }
    }
}
