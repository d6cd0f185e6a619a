package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.DerivativeCheck;
import org.fovea.core.testing.OpCase;
import org.fovea.core.testing.OpCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivative rules against central differences in double precision. */
class GradientsTest {
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
        DerivativeCheck.check(built);
    }

    @ParameterizedTest
    @MethodSource("withoutRule")
    void ofRefusesDerivativesOfDerivatives(OpCase opCase) {
        CaseGraph built = opCase.build();
        Value loss = DerivativeCheck.project(built, new HashMap<>(built.inputs()));
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

    @Test
    void ofRefusesStatesAndWhatWritesThem() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value state = graph.state("h", 2);
        Value loss = x.multiply(state).sum(false, 0);
        assertMessage(
                "no derivatives through a state, but the loss reads %1 = State[name=h,",
                () -> Gradients.of(graph, loss, List.of(x)));
        assertMessage("no derivatives through a state", () -> Gradients.of(graph, loss, List.of(state)));
        Value y = graph.fill(0, 4).scatterUpdate(0, graph.indexInput("i", 2), x).sum(false, 0);
        String message = assertThrows(UnsupportedOperationException.class, () -> Gradients.of(graph, y, List.of(x)))
                .getMessage();
        assertTrue(message.contains("ScatterUpdate[axis=0]: has no derivative"), message);
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
