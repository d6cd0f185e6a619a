package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.junit.jupiter.api.Test;

class ProjectedEncoderTest extends BlockContract {
    private static final ProjectedEncoder ENCODER = new ProjectedEncoder(new FeatureEncoder(3, 2, 4), 5);

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase("of features", ProjectedEncoderTest::output));
    }

    private static void output(CaseGraph g) {
        g.output(ENCODER.build(Scope.of(g.graph()), g.normal(2, 3, 2, 4)).values());
    }

    @Test
    void featuresAreTokensRowByRow() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Tokens tokens = new FeatureEncoder(2, 1, 3)
                    .build(Scope.of(g.graph()), g.given(new double[] {0, 1, 2, 3, 4, 5}, 1, 2, 1, 3));
            g.output(tokens.values());
            g.output(tokens.featureMap());
        });
        assertArrayEquals(new double[] {0, 3, 1, 4, 2, 5}, out.get(0).toDoubles());
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, out.get(1).toDoubles());
    }

    @Test
    void weightsOfTheEncoderStandBelowIt() {
        Graph graph = new Graph();
        ProjectedEncoder twice = new ProjectedEncoder(ENCODER, 7);
        Tokens tokens = twice.build(Scope.of(graph), graph.input("x", 1, 3, 2, 4));
        assertEquals(List.of(2, 4, 7), List.of(tokens.rows(), tokens.columns(), twice.width()));
        assertEquals(
                Set.of(
                        "encoder.projection.weight",
                        "encoder.projection.bias",
                        "encoder.norm.scale",
                        "encoder.norm.shift",
                        "projection.weight",
                        "projection.bias",
                        "norm.scale",
                        "norm.shift"),
                graph.parameters().keySet());
    }

    @Test
    void sizesAreChecked() {
        BlockCheck.assertError("FeatureEncoder: rows must be at least 1, got 0", g -> new FeatureEncoder(3, 0, 4));
    }
}
