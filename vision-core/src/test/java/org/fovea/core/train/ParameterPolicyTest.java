package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class ParameterPolicyTest {
    @Test
    void standardDecaysWeightsOfMapsAlone() {
        ParameterPolicy policy = ParameterPolicy.standard();
        assertEquals(0.1, policy.decay("blocks.0.attention.qkv.weight", Shape.of(9, 3), 0.1), 0);
        assertEquals(0.1, policy.decay("conv.weight", Shape.of(8, 3, 3, 3), 0.1), 0);
        assertEquals(0, policy.decay("norm.scale", Shape.of(3), 0.1), 0);
        assertEquals(0, policy.decay("positions", Shape.of(1, 5, 3), 0.1), 0);
        assertEquals(0, policy.decay("class_token", Shape.of(1, 1, 3), 0.1), 0);
    }

    @Test
    void trainingNarrows() {
        ParameterPolicy policy = ParameterPolicy.standard().training(name -> name.startsWith("head."));
        assertTrue(policy.trains().test("head.weight"));
        assertFalse(policy.trains().test("blocks.0.norm1.scale"));
    }

    @Test
    void layerDecayFallsTowardsTheInput() {
        ParameterPolicy policy = ParameterPolicy.standard().layerDecay(0.5, 12, name -> switch (name) {
            case "head.weight" -> 12;
            case "blocks.11.norm1.scale" -> 11;
            case "blocks.0.norm1.scale" -> 0;
            default -> -1;
        });
        assertEquals(1, policy.rateScale().applyAsDouble("head.weight"), 0);
        assertEquals(0.5, policy.rateScale().applyAsDouble("blocks.11.norm1.scale"), 0);
        assertEquals(Math.pow(0.5, 12), policy.rateScale().applyAsDouble("blocks.0.norm1.scale"), 0);
        assertEquals(Math.pow(0.5, 13), policy.rateScale().applyAsDouble("patches.weight"), 0);
    }
}
