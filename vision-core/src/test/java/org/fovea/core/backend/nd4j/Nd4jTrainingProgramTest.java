package org.fovea.core.backend.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.graph.AdamW;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.MomentumSgd;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

/** Parameters that change from run to run. */
class Nd4jTrainingProgramTest {
    private static final Nd4jBackend BACKEND = new Nd4jBackend();

    /**
     * By hand, with β₁ = 0.5, β₂ = 0.75, ε = 0, decay 0.1, rate 0.1 and gradients 2, then -4. Step 1: m = 1, v = 1, both
     * unbiased 2 and 4, so the move is 0.1·(2/2 + 0.1·1). Step 2: m = -1.5, v = 4.75, unbiased -2 and 4.75/0.4375.
     */
    @Test
    void runStepsAsTheFormulaSays() {
        Graph graph = new Graph();
        Value p = graph.parameter("p", 1);
        Value m = graph.parameter("m", 1);
        Value v = graph.parameter("v", 1);
        Value g = graph.input("g", 1);
        Node step =
                graph.add(new AdamW(0.5, 0.75, 0, 0.1, 1), List.of(p, g, m, v, graph.input("rate"), graph.input("t")));
        graph.update(p, step.outputs().get(0));
        graph.update(m, step.outputs().get(1));
        graph.update(v, step.outputs().get(2));
        graph.output("before", p.affine(1, 0));
        Tensor zero = Tensor.of(new double[1], 1);
        var start = CaseGraph.source(Map.of("p", Tensor.of(new double[] {1}, 1), "m", zero, "v", zero));
        try (TrainingProgram program = BACKEND.compileTraining(graph, start, Precision.F64)) {
            assertEquals(1, program.run(inputs(2, 1)).get("before").toDoubles()[0], 0);
            double first = 1 - 0.1 * (1 + 0.1);
            close(first, program.parameter("p"));
            close(1, program.parameter("m"));
            close(1, program.parameter("v"));
            assertEquals(first, program.run(inputs(-4, 2)).get("before").toDoubles()[0], 1e-15);
            double second = first - 0.1 * (-2 / Math.sqrt(4.75 / 0.4375) + 0.1 * first);
            close(second, program.parameter("p"));
            close(-1.5, program.parameter("m"));
            close(4.75, program.parameter("v"));
            program.run(inputs(Double.NaN, 0));
            close(second, program.parameter("p"));
            close(-1.5, program.parameter("m"));
            close(4.75, program.parameter("v"));
        }
    }

    private static Map<String, Tensor> inputs(double g, double t) {
        return Map.of(
                "g", Tensor.of(new double[] {g}, 1),
                "t", Tensor.of(new double[] {t}),
                "rate", Tensor.of(new double[] {0.1}));
    }

    /** Two steps by hand: d = g + 0.5·p, m' = 0.5·m + d, p' = p - 0.2·0.5·(m' or d + 0.5·m'). */
    @Test
    void momentumStepsAsTheFormulaSays() {
        for (boolean nesterov : new boolean[] {false, true}) {
            Graph graph = new Graph();
            Value p = graph.parameter("p");
            Value m = graph.parameter("m");
            Node step =
                    graph.add(new MomentumSgd(0.5, nesterov, 0.5, 0.2), List.of(p, graph.fill(3), m, graph.fill(0.5)));
            graph.update(p, step.outputs().get(0));
            graph.update(m, step.outputs().get(1));
            var start = CaseGraph.source(Map.of("p", Tensor.of(new double[] {2}), "m", Tensor.of(new double[] {6})));
            try (TrainingProgram program = BACKEND.compileTraining(graph, start, Precision.F64)) {
                program.run(Map.of());
                close(7, program.parameter("m"));
                double first = nesterov ? 2 - 0.1 * (4 + 3.5) : 2 - 0.1 * 7;
                close(first, program.parameter("p"));
                program.run(Map.of());
                double d = 3 + 0.5 * first;
                close(3.5 + d, program.parameter("m"));
                close(first - 0.1 * (nesterov ? d + 0.5 * (3.5 + d) : 3.5 + d), program.parameter("p"));
            }
        }
    }

    @Test
    void updatesSeeTheValuesBeforeTheRun() {
        Graph graph = new Graph();
        Value a = graph.parameter("a", 2);
        Value b = graph.parameter("b", 2);
        graph.update(a, b);
        graph.update(b, a.reshape(1, 2).reshape(2));
        var start = CaseGraph.source(
                Map.of("a", Tensor.of(new double[] {1, 2}, 2), "b", Tensor.of(new double[] {3, 4}, 2)));
        try (TrainingProgram program = BACKEND.compileTraining(graph, start, Precision.F32)) {
            program.run(Map.of());
            Tensors.assertClose(new double[] {3, 4}, program.parameter("a"), 0);
            Tensors.assertClose(new double[] {1, 2}, program.parameter("b"), 0);
            program.setParameter("a", Tensor.of(new float[] {5, 6}, 2));
            program.run(Map.of());
            Tensors.assertClose(new double[] {5, 6}, program.parameter("b"), 0);
        }
    }

    @Test
    void parametersOfOtherNamesOrShapesAreErrors() {
        Graph graph = new Graph();
        Value a = graph.parameter("a", 2);
        graph.update(a, a.affine(2, 0));
        var start = CaseGraph.source(Map.of("a", Tensor.of(new double[] {1, 2}, 2)));
        TrainingProgram program = BACKEND.compileTraining(graph, start, Precision.F32);
        String name = assertThrows(IllegalArgumentException.class, () -> program.parameter("b"))
                .getMessage();
        assertTrue(name.contains("must be among [a], got \"b\""), name);
        String shape = assertThrows(
                        IllegalArgumentException.class, () -> program.setParameter("a", Tensor.of(new float[1], 1)))
                .getMessage();
        assertTrue(shape.contains("\"a\" must have the shape [2], got F32 [1]"), shape);
        program.close();
        assertThrows(IllegalStateException.class, () -> program.parameter("a"));
    }

    private static void close(double expected, Tensor actual) {
        Tensors.assertClose(Tensor.of(new double[] {expected}, actual.shape().toArray()), actual, 1e-14);
    }
}
