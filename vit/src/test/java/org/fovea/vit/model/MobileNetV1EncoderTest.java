package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Shape;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.junit.jupiter.api.Test;

class MobileNetV1EncoderTest extends BlockContract {
    private static final MobileNetV1Encoder SMALL =
            MobileNetV1Encoder.standard().withMultiplier(0.125).withImage(9, 12).withLayers(4);

    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase("in training", MobileNetV1EncoderTest::output));
    }

    private static void output(CaseGraph g) {
        g.output(SMALL.build(Scope.training(g.graph(), DropRates.none()), g.normal(3, 3, 9, 12))
                .places());
    }

    /** Table 1 of the paper. */
    @Test
    void mapsHaveTheSizesOfThePaper() {
        Graph graph = new Graph();
        Value pixels = graph.input("x", 1, 3, 224, 224);
        List<Value> maps = MobileNetV1Encoder.standard().maps(Scope.of(graph), pixels);
        assertEquals(26, maps.size());
        assertEquals(Shape.of(1, 64, 112, 112), maps.get(1).shape());
        assertEquals(Shape.of(1, 128, 56, 56), maps.get(5).shape());
        assertEquals(Shape.of(1, 256, 28, 28), maps.get(9).shape());
        assertEquals(Shape.of(1, 512, 14, 14), maps.get(21).shape());
        assertEquals(Shape.of(1, 1024, 7, 7), maps.get(25).shape());
    }

    @Test
    void stoppingEarlierLeavesAFinerGrid() {
        for (int layers = 1; layers <= 26; layers++) {
            MobileNetV1Encoder encoder =
                    MobileNetV1Encoder.standard().withImage(100, 37).withLayers(layers);
            Graph graph = new Graph();
            Tokens tokens = encoder.build(Scope.of(graph), graph.input("x", 1, 3, 100, 37));
            assertEquals(encoder.gridRows(), tokens.rows());
            assertEquals(encoder.gridColumns(), tokens.columns());
            assertEquals(encoder.width(), tokens.values().shape().dim(2));
        }
    }

    @Test
    void channelsAreNeverFewerThanTheLeast() {
        assertEquals(
                8,
                MobileNetV1Encoder.standard().withMultiplier(0.01).withLayers(8).width());
        assertEquals(768, MobileNetV1Encoder.standard().withMultiplier(0.75).width());
    }

    @Test
    void wrongSizesAreNamed() {
        BlockCheck.assertError("layers must lie in [1, 26], got 27", g -> SMALL.withLayers(27));
        BlockCheck.assertError("multiplier must lie in (0, 32], got 0.0", g -> SMALL.withMultiplier(0));
    }
}
