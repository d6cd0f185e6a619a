package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.OpCase;
import org.fovea.core.testing.OpCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivative rules against central differences in double precision. */
class GradientsTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;

    /** Along random directions, where any wrong element shows, and along some axes, where it has a name. */
    private static final int DIRECTIONS = 2;

    private static final int ELEMENTS = 2;

    private static final Set<Class<? extends Op>> WITHOUT_RULE = Set.of(
            UnaryGradient.class,
            AdamW.class,
            MomentumSgd.class,
            GeluGradient.class,
            SoftmaxGradient.class,
            LayerNormGradient.class,
            BatchNormGradient.class,
            GroupNormGradient.class,
            AttentionGradient.class,
            Pool2dGradient.class,
            GridSampleGradient.class);

    static Stream<OpCase> withRule() {
        return OpCases.all().stream().filter(c -> !WITHOUT_RULE.contains(c.op()));
    }

    static Stream<OpCase> withoutRule() {
        return OpCases.all().stream().filter(c -> WITHOUT_RULE.contains(c.op()));
    }

    @ParameterizedTest
    @MethodSource("withRule")
    void ofAgreesWithCentralDifferences(OpCase opCase) {
        CaseGraph built = opCase.build();
        assumeFalse(built.differentiable().isEmpty() || built.leaves().isEmpty());
        Map<String, Tensor> inputs = new HashMap<>(built.inputs());
        Value loss = project(built, inputs, new Random(7));
        built.graph().output("loss", loss);
        Program forward = new Nd4jBackend().compile(built.graph(), built.parameters(), Precision.F64);
        Map<Value, Value> gradients = Gradients.of(built.graph(), loss, built.leaves());
        Map<String, Value> names = new LinkedHashMap<>();
        gradients.forEach((leaf, gradient) -> names.put(((Input) leaf.node().op()).name(), gradient));
        names.forEach((name, gradient) -> built.graph().output("d " + name, gradient));
        try (forward;
                Program backward = new Nd4jBackend().compile(built.graph(), built.parameters(), Precision.F64)) {
            Map<String, Tensor> results = backward.run(inputs);
            for (String name : names.keySet()) {
                check(forward, inputs, name, results.get("d " + name).toDoubles(), new Random(8));
            }
        }
    }

    /** Σ of all results times random numbers. */
    private static Value project(CaseGraph built, Map<String, Tensor> inputs, Random random) {
        Graph graph = built.graph();
        Value loss = graph.fill(0);
        for (Value y : built.differentiable()) {
            int[] sizes = y.shape().toArray();
            String name = "p" + inputs.size();
            inputs.put(name, Tensor.of(random.doubles(y.shape().size(), -1, 1).toArray(), sizes));
            Value product =
                    y.multiply(graph.input(name, sizes)).reshape((int) y.shape().size());
            loss = loss.add(product.sum(false, 0));
        }
        return loss;
    }

    private static void check(
            Program program, Map<String, Tensor> inputs, String name, double[] gradient, Random random) {
        for (int i = 0; i < Math.min(ELEMENTS, gradient.length); i++) {
            double[] axis = new double[gradient.length];
            axis[random.nextInt(gradient.length)] = 1;
            checkAlong(program, inputs, name, gradient, axis);
        }
        for (int i = 0; i < (gradient.length > 1 ? DIRECTIONS : 0); i++) {
            checkAlong(
                    program,
                    inputs,
                    name,
                    gradient,
                    random.doubles(gradient.length, -1, 1).toArray());
        }
    }

    private static void checkAlong(
            Program program, Map<String, Tensor> inputs, String name, double[] gradient, double[] direction) {
        double difference =
                (loss(program, inputs, name, direction, STEP) - loss(program, inputs, name, direction, -STEP))
                        / (2 * STEP);
        double slope = 0;
        for (int i = 0; i < gradient.length; i++) {
            slope += gradient[i] * direction[i];
        }
        double error = Math.abs(slope - difference) / Math.max(1, Math.abs(difference));
        String text = name + ": rule " + slope + ", central difference " + difference + ", error " + error;
        assertTrue(error < TOLERANCE, text);
    }

    private static double loss(
            Program program, Map<String, Tensor> inputs, String name, double[] direction, double step) {
        double[] moved = inputs.get(name).toDoubles();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        Map<String, Tensor> all = new HashMap<>(inputs);
        all.put(name, Tensor.of(moved, inputs.get(name).shape().toArray()));
        return program.run(all).get("loss").toDoubles()[0];
    }

    @ParameterizedTest
    @MethodSource("withoutRule")
    void ofRefusesDerivativesOfDerivatives(OpCase opCase) {
        CaseGraph built = opCase.build();
        Value loss = project(built, new HashMap<>(built.inputs()), new Random(7));
        UnsupportedOperationException e = assertThrows(
                UnsupportedOperationException.class, () -> Gradients.of(built.graph(), loss, built.leaves()));
        assertTrue(e.getMessage().contains("derivatives of derivatives"), e.getMessage());
    }

    @Test
    void ofGivesZerosForWhatTheLossDoesNotDependOn() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value other = graph.input("other", 3);
        graph.output("d", Gradients.of(graph, x.sum(false, 0), List.of(other)).get(other));
        try (Program program = new Nd4jBackend().compile(graph, CaseGraph.source(Map.of()), Precision.F64)) {
            double[] d = program.run(Map.of()).get("d").toDoubles();
            assertEquals("[0.0, 0.0, 0.0]", java.util.Arrays.toString(d));
        }
    }

    @Test
    void ofNamesWhatIsWrongWithItsArguments() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value index = graph.indexInput("i", 2);
        Value loss = x.sum(false, 0);
        Value foreign = new Graph().input("y", 1);
        assertMessage("the loss must have one element, got [2]", () -> Gradients.of(graph, x, List.of(x)));
        assertMessage("must belong to the given graph", () -> Gradients.of(graph, loss, List.of(foreign)));
        assertMessage("must belong to the given graph", () -> Gradients.of(graph, foreign, List.of(x)));
        assertMessage("derivatives are by real numbers", () -> Gradients.of(graph, loss, List.of(index)));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
