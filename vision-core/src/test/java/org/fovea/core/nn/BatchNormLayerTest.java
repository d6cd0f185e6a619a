package org.fovea.core.nn;

import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class BatchNormLayerTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase(
                "training",
                g -> g.output(new BatchNormLayer(0.9, 0.1)
                        .build(Scope.training(g.graph(), DropRates.none()), g.normal(2, 3, 2, 2)))));
    }

    @Test
    void inferenceByHand() {
        // 2·(x - 1)/√(3.5 + 0.5) + 10
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "scale", new double[] {2},
                        "shift", new double[] {10},
                        "running_mean", new double[] {1},
                        "running_variance", new double[] {3.5}),
                g -> g.output(new BatchNormLayer(0.9, 0.5).build(g.scope(), g.given(new double[] {1, 3, -5}, 3, 1))));
        Tensors.assertClose(new double[] {10, 12, 4}, out.get(0), 1e-12);
    }

    /** Of 1, 2, 3, 6 the mean is 3, the variance 3.5 and, as of a sample, 14/3. */
    @Test
    void runningAveragesFollowTheBatches() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2, 1, 2);
        graph.output("y", new BatchNormLayer(0.75, 1e-12).build(Scope.training(graph, DropRates.none()), x));
        var start = CaseGraph.source(Map.of(
                "scale", Tensor.of(new double[] {1}, 1),
                "shift", Tensor.of(new double[] {0}, 1),
                "running_mean", Tensor.of(new double[] {1}, 1),
                "running_variance", Tensor.of(new double[] {1}, 1)));
        try (TrainingProgram program = new Nd4jBackend().compileTraining(graph, start, Precision.F64)) {
            Tensor y = program.run(Map.of("x", Tensor.of(new double[] {1, 2, 3, 6}, 2, 1, 2)))
                    .get("y");
            double deviation = Math.sqrt(3.5);
            double[] expected = {-2 / deviation, -1 / deviation, 0, 3 / deviation};
            Tensors.assertClose(expected, y, 1e-9);
            Tensors.assertClose(new double[] {0.75 + 0.25 * 3}, program.parameter("running_mean"), 1e-12);
            Tensors.assertClose(new double[] {0.75 + 0.25 * 14 / 3}, program.parameter("running_variance"), 1e-12);
        }
    }

    @Test
    void oneElementAChannelIsRefused() {
        BlockCheck.assertError(
                "training needs two elements a channel or more, got [1, 3]",
                g -> BatchNormLayer.standard().build(Scope.training(g.graph(), DropRates.none()), g.normal(1, 3)));
        BlockCheck.assertError("momentum must be at least 0 and below 1, got 1.0", g -> new BatchNormLayer(1, 1));
        BlockCheck.assertError("epsilon must be above 0, got NaN", g -> new BatchNormLayer(0, Double.NaN));
    }
}
