package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static double run(UnaryOperator<Value[]> inputs, double[] x, double[] t, int... sizes) {
        Graph graph = new Graph();
        Value[] out = inputs.apply(new Value[] {graph.input("x", sizes), graph.input("t", sizes)});
        graph.output("loss", out[0]);
        try (Program program = new Nd4jBackend().compile(graph, CaseGraph.source(Map.of()), Precision.F64)) {
            return program.run(Map.of("x", Tensor.of(x, sizes), "t", Tensor.of(t, sizes)))
                    .get("loss")
                    .toDoubles()[0];
        }
    }

    /** Two classes with logits 0 and ln 3 have probabilities 1/4 and 3/4; the second row is even. */
    @Test
    void crossEntropyIsTheMeanOverTheRows() {
        double[] x = {0, Math.log(3), 5, 5};
        double hard = run(v -> new Value[] {Losses.crossEntropy(v[0], v[1], 0)}, x, new double[] {1, 0, 0, 1}, 2, 2);
        assertEquals((Math.log(4) + Math.log(2)) / 2, hard, 1e-14);
        double soft =
                run(v -> new Value[] {Losses.crossEntropy(v[0], v[1], 0)}, x, new double[] {0.5, 0.5, 0.2, 0.8}, 2, 2);
        double first = 0.5 * Math.log(4) + 0.5 * Math.log(4.0 / 3);
        assertEquals((first + Math.log(2)) / 2, soft, 1e-14);
    }

    /** With smoothing 0.2 the targets 1, 0 become 0.9, 0.1. */
    @Test
    void crossEntropySmoothsLabels() {
        double[] x = {0, Math.log(3)};
        double loss = run(v -> new Value[] {Losses.crossEntropy(v[0], v[1], 0.2)}, x, new double[] {1, 0}, 1, 2);
        assertEquals(0.9 * Math.log(4) + 0.1 * Math.log(4.0 / 3), loss, 1e-14);
    }

    @Test
    void binaryCrossEntropyIsThatOfTheSigmoid() {
        double[] x = {Math.log(3), 0, -1000, 1000};
        double[] t = {1, 0.5, 0, 0};
        double loss = run(v -> new Value[] {Losses.binaryCrossEntropy(v[0], v[1])}, x, t, 2, 2);
        assertEquals((Math.log(4.0 / 3) + Math.log(2) + 0 + 1000) / 4, loss, 1e-12);
    }

    @Test
    void sumWeighsItsTerms() {
        double loss = run(
                v -> new Value[] {
                    Losses.sum(
                            List.of(new Losses.Term(v[0].sum(false, 0), 2), new Losses.Term(v[1].sum(false, 0), -0.5)))
                },
                new double[] {3},
                new double[] {4},
                1);
        assertEquals(4, loss, 0);
        assertThrows(IllegalArgumentException.class, () -> Losses.sum(List.of()));
    }

    @Test
    void smoothingOutOfRangeIsAnError() {
        Graph graph = new Graph();
        Value x = graph.input("x", 1, 2);
        for (double bad : new double[] {-0.1, 1, Double.NaN}) {
            String text = assertThrows(IllegalArgumentException.class, () -> Losses.crossEntropy(x, x, bad))
                    .getMessage();
            assertTrue(text.contains("at least 0 and below 1, got " + bad), text);
        }
    }
}
