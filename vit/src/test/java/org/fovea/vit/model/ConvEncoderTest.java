package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.PlaceWaves;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.junit.jupiter.api.Test;

class ConvEncoderTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(new BlockCase("in training", ConvEncoderTest::output));
    }

    private static void output(CaseGraph g) {
        Scope scope = Scope.training(g.graph(), DropRates.none());
        g.output(new ConvEncoder(16, 8).build(scope, g.normal(3, 3, 16, 16)).places());
    }

    @Test
    void placesAreAnEighthOfTheSide() {
        Graph graph = new Graph();
        Value picture = graph.input("x", 2, 3, 64, 64);
        Tokens tokens = new ConvEncoder(64, 32).build(Scope.of(graph), picture);
        assertEquals(
                List.of(8, 8, 32),
                List.of(tokens.rows(), tokens.columns(), tokens.values().shape().dim(2)));
    }

    @Test
    void wavesRiseAlongColumnsAndRows() {
        double[] waves = new PlaceWaves(4, 4, 8, 0.5)
                .table()
                .toDoubles(); // channel 0 the column's slowest sine, channel 1 the row's
        for (int place = 0; place < 16; place++) {
            assertEquals(0.5 * Math.sin(Math.PI * (place % 4 - 1.5) / 4), waves[place * 8], 1e-12);
            assertEquals(0.5 * Math.sin(Math.PI * (place / 4 - 1.5) / 4), waves[place * 8 + 1], 1e-12);
        }
    }

    @Test
    void oddSizesAreNamed() {
        BlockCheck.assertError("ConvEncoder: pixels must be a multiple of 8, got 20", g -> new ConvEncoder(20, 8));
    }
}
