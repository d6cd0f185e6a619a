package org.fovea.segmentation.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.fovea.segmentation.train.SegmentationObjective.Inputs;
import org.junit.jupiter.api.Test;

class SegmentationObjectiveTest extends BlockContract {
    private static final double P = 1 / (1 + Math.exp(-1)); // probability of class 1 at logits 0 and 1

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase(
                "all", g -> loss(new SegmentationObjective(1, 0.5, 0.7, 2, 0.3), g, g.normal(1, 2, 1, 2))));
    }

    private static void loss(SegmentationObjective objective, CaseGraph g, Value logits) {
        Value targets = g.graph().constant(Tensor.of(new double[] {0, 1, 1, 0}, 1, 2, 1, 2));
        Value importance = g.graph().constant(Tensor.of(new double[] {2, 1, 2, 1}, 1, 2, 1, 2));
        Value depth = g.graph().constant(Tensor.of(new double[] {0.5, 0}, 1, 1, 1, 2));
        g.output(objective.loss(logits, Optional.of(logits.slice(1, 1, 2)), new Inputs(targets, importance, depth)));
    }

    /** Two pixels with logits 0 and 1: the first of class 1 and weight 2, the second of class 0 and weight 1. */
    @Test
    void lossesByHand() {
        assertLoss(new SegmentationObjective(1, 0, 0, 2, 0), (-2 * Math.log(P) - Math.log(1 - P)) / 2);
        assertLoss(
                new SegmentationObjective(0, 0, 1, 2, 0),
                (-2 * Math.pow(1 - P, 2) * Math.log(P) - Math.pow(P, 2) * Math.log(1 - P)) / 2);
        double zero = (2 * (1 - P) + 1) / (3 * (1 - P) + 1 + 1);
        double one = (2 * 2 * P + 1) / (3 * P + 2 + 1);
        assertLoss(new SegmentationObjective(0, 1, 0, 0, 0), 1 - (zero + one) / 2);
        double soft = Math.log(1 + Math.E);
        assertLoss(
                new SegmentationObjective(1, 0, 0, 2, 1),
                (-2 * Math.log(P) - Math.log(1 - P)) / 2 + (2 * (soft - 0.5) + soft) / 2);
    }

    private static void assertLoss(SegmentationObjective objective, double expected) {
        List<Tensor> out =
                BlockCheck.run(Map.of(), g -> loss(objective, g, g.given(new double[] {0, 0, 1, 1}, 1, 2, 1, 2)));
        Tensors.assertClose(new double[] {expected}, out.get(0), 1e-5);
    }

    @Test
    void negativeSharesAreRefused() {
        BlockCheck.assertError("Dice must be", g -> new SegmentationObjective(1, -1, 0, 2, 0));
        BlockCheck.assertError("must have a share, got none", g -> new SegmentationObjective(0, 0, 0, 2, 1));
    }
}
