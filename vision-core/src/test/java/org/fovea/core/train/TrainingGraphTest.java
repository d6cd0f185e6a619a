package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

/** Steps worked out by hand, on a loss x·a + y·b whose gradients are x and y. */
class TrainingGraphTest {
    private static final Optimizer PLAIN = new Optimizer.Sgd(0, false, 0);

    private static TrainingPlan.Builder plan(Optimizer optimizer) {
        return TrainingPlan.builder(optimizer, Schedule.constant(0.1));
    }

    private static TrainingGraph graph(TrainingPlan plan) {
        Graph graph = new Graph();
        Value a = graph.parameter("a.weight", 1, 2).multiply(graph.input("x", 1, 2)); // [1, 2]
        Value b = graph.parameter("b.bias", 1).multiply(graph.input("y", 1)); // [1]
        Value loss = a.reshape(2).sum(false, 0).add(b.reshape());
        return TrainingGraph.of(loss, plan);
    }

    private static TrainingProgram compile(TrainingGraph graph) {
        var start = CaseGraph.source(
                Map.of("a.weight", Tensor.of(new double[] {1, 2}, 1, 2), "b.bias", Tensor.of(new double[] {3}, 1)));
        return new Nd4jBackend().compileTraining(graph.graph(), graph.start(start), Precision.F64);
    }

    private static Map<String, Tensor> run(TrainingProgram program, double x0, double x1, double y, Object... more) {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("x", Tensor.of(new double[] {x0, x1}, 1, 2));
        inputs.put("y", Tensor.of(new double[] {y}, 1));
        inputs.put(TrainingGraph.RATE, Tensor.of(new double[] {0.1}));
        inputs.put(TrainingGraph.STEP, Tensor.of(new double[] {1}));
        for (int i = 0; i < more.length; i += 2) {
            inputs.put((String) more[i], Tensor.of(new double[] {((Number) more[i + 1]).doubleValue()}));
        }
        return program.run(inputs);
    }

    /** Gradients 2, 6 and 9 have the norm 11; clipped to 5.5 they halve. */
    @Test
    void clippingScalesAllGradientsByTheirCommonNorm() {
        try (TrainingProgram program = compile(graph(plan(PLAIN).clipNorm(5.5).build()))) {
            Map<String, Tensor> out = run(program, 2, 6, 9);
            assertEquals(11, out.get("gradient_norm").toDoubles()[0], 1e-14);
            assertEquals(2 + 12 + 27, out.get("loss").toDoubles()[0], 1e-14);
            Tensors.assertClose(new double[] {1 - 0.1, 2 - 0.3}, program.parameter("a.weight"), 1e-6);
            Tensors.assertClose(new double[] {3 - 0.45}, program.parameter("b.bias"), 1e-6);
            run(program, 0.2, 0.6, 0.9); // below the limit: as they are
            Tensors.assertClose(new double[] {0.9 - 0.02, 1.7 - 0.06}, program.parameter("a.weight"), 1e-6);
        }
    }

    /** AdamW's first step is rate·(sign of the gradient + decay·weight); the bias does not decay. */
    @Test
    void adamWStepsAndDecaysWeightsAlone() {
        Optimizer adam = new Optimizer.AdamW(0.9, 0.99, 1e-12, 0.5);
        ParameterPolicy policy = ParameterPolicy.standard().scaled(name -> name.startsWith("a") ? 0.5 : 1);
        TrainingGraph graph = graph(plan(adam).policy(policy).build());
        assertTrue(graph.saved().contains("optimizer/v/a.weight"), graph.saved().toString());
        try (TrainingProgram program = compile(graph)) {
            run(program, 4, -7, 0.01);
            Tensors.assertClose(
                    new double[] {1 - 0.05 * (1 + 0.5), 2 - 0.05 * (-1 + 1)}, program.parameter("a.weight"), 1e-9);
            Tensors.assertClose(new double[] {3 - 0.1}, program.parameter("b.bias"), 1e-9);
            Tensors.assertClose(new double[] {0.4, -0.7}, program.parameter("optimizer/m/a.weight"), 1e-9);
        }
    }

    @Test
    void frozenParametersGetNoGradientAndStay() {
        ParameterPolicy policy = ParameterPolicy.standard().training(name -> name.startsWith("b"));
        TrainingGraph graph = graph(plan(PLAIN).policy(policy).build());
        assertEquals(java.util.Set.of("b.bias"), graph.gradients().keySet());
        assertFalse(graph.saved().contains("optimizer/m/a.weight"));
        try (TrainingProgram program = compile(graph)) {
            assertEquals(4, run(program, 1, 2, 4).get("gradient_norm").toDoubles()[0], 0);
            Tensors.assertClose(new double[] {1, 2}, program.parameter("a.weight"), 0);
            Tensors.assertClose(new double[] {3 - 0.4}, program.parameter("b.bias"), 1e-14);
        }
        String none = assertThrows(
                        IllegalArgumentException.class,
                        () -> graph(plan(PLAIN)
                                .policy(ParameterPolicy.standard().training(name -> false))
                                .build()))
                .getMessage();
        assertTrue(none.contains("must let a parameter train"), none);
    }

    @Test
    void accumulationAveragesGradientsAndThenUpdates() {
        for (Optimizer optimizer : new Optimizer[] {new Optimizer.Sgd(0.5, false, 0), Optimizer.adamW(0)}) {
            TrainingGraph two = graph(plan(optimizer).accumulation(2).build());
            assertFalse(two.saved().contains("accumulator/b.bias"));
            try (TrainingProgram parts = compile(two);
                    TrainingProgram whole = compile(graph(plan(optimizer).build()))) {
                for (int step = 1; step <= 2; step++) {
                    Tensor before = parts.parameter("a.weight");
                    run(parts, 1, 8, step, TrainingGraph.APPLY, 0, TrainingGraph.STEP, step);
                    Tensors.assertClose(before, parts.parameter("a.weight"), 0);
                    Map<String, Tensor> out = run(parts, 3, -2, step, TrainingGraph.APPLY, 1, TrainingGraph.STEP, step);
                    run(whole, 2, 3, step, TrainingGraph.STEP, step);
                    assertEquals(
                            Math.sqrt(13 + step * step),
                            out.get("gradient_norm").toDoubles()[0],
                            1e-14);
                    Tensors.assertClose(whole.parameter("a.weight"), parts.parameter("a.weight"), 1e-14);
                    Tensors.assertClose(whole.parameter("b.bias"), parts.parameter("b.bias"), 1e-14);
                    Tensors.assertClose(
                            whole.parameter("optimizer/m/b.bias"), parts.parameter("optimizer/m/b.bias"), 1e-14);
                    Tensors.assertClose(new double[2], parts.parameter("accumulator/a.weight"), 0);
                }
            }
        }
    }

    /** b goes 3, 2, 1 with gradients 10: its average by halves 3, 2.5, 1.75. */
    @Test
    void movingAverageFollowsTheWeights() {
        TrainingPlan plan = plan(PLAIN).emaDecay(0.9).build();
        TrainingGraph graph = graph(plan);
        assertEquals("ema/b.bias", graph.evaluated("b.bias"));
        try (TrainingProgram program = compile(graph)) {
            Tensors.assertClose(new double[] {3}, program.parameter("ema/b.bias"), 0);
            run(program, 0, 0, 10, TrainingGraph.EMA_DECAY, 0.5);
            Tensors.assertClose(new double[] {2.5}, program.parameter("ema/b.bias"), 1e-14);
            run(program, 0, 0, 10, TrainingGraph.EMA_DECAY, 0.5);
            Tensors.assertClose(new double[] {1.75}, program.parameter("ema/b.bias"), 1e-14);
        }
        assertEquals(2.0 / 11, plan.emaDecay(1), 1e-15);
        assertEquals(0.9, plan.emaDecay(1_000_000), 0);
    }

    @Test
    void aStepThatIsNotFiniteChangesNothing() {
        for (Optimizer optimizer : new Optimizer[] {Optimizer.sgd(0.5, 0.1), Optimizer.adamW(0.1)}) {
            TrainingGraph graph =
                    graph(plan(optimizer).emaDecay(0.9).clipNorm(1).build());
            try (TrainingProgram program = compile(graph)) {
                run(program, 1, 2, 3, TrainingGraph.EMA_DECAY, 0.5);
                Map<String, Tensor> before = new HashMap<>();
                graph.saved().forEach(name -> before.put(name, program.parameter(name)));
                for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                    run(program, 1, bad, 3, TrainingGraph.EMA_DECAY, 0.5);
                    before.forEach((name, tensor) -> Tensors.assertClose(name, tensor, program.parameter(name), 0));
                }
            }
        }
    }

    @Test
    void checkpointingNeedsNumberedParts() {
        TrainingPlan plan = plan(PLAIN).gradientCheckpointing(true).build();
        String none =
                assertThrows(IllegalArgumentException.class, () -> graph(plan)).getMessage();
        assertTrue(none.contains("needs a model with numbered parts, such as the scope blocks.0"), none);
    }
}
