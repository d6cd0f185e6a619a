package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.train.InitialParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes that oneDNN has only its slow reference kernels for unless they are described to it with care. */
class ReferenceKernelsTest {
    /** A single channel, given or made. */
    @ParameterizedTest
    @CsvSource({"1, 20, 5", "2, 1, 7", "1, 1, 3", "3, 24, 3"})
    void convolutionsOfFewChannelsHaveFastKernels(int from, int to, int side) {
        Graph graph = new Graph();
        Value x = graph.input("x", 2, from, 12, 12);
        Value y = new ConvLayer(to, side, ConvWindow.of(1, side / 2), true)
                .build(Scope.of(graph).child("conv"), x);
        assertNoReferenceKernel(graph, y, List.of(x, graph.parameters().get("conv.weight")));
    }

    /** A column of a matrix, transposed by the derivative of the weight, is one row with gaps. */
    @Test
    void productsOfARowWithGapsHaveFastKernels() {
        Graph graph = new Graph();
        Value columns = graph.input("columns", 128, 5);
        Value y = columns.slice(1, 2, 3).matmul(graph.input("x", 128, 32), true, false); // [1, 32]
        graph.output("y", y);
        assertNoReferenceKernel(graph, y, List.of(columns));
    }

    private static void assertNoReferenceKernel(Graph graph, Value y, List<Value> by) {
        Value loss =
                y.multiply(y).sum(false, IntStream.range(0, y.shape().rank()).toArray());
        Map<Value, Value> gradients = Gradients.of(graph, loss, by);
        by.forEach(value -> graph.output("gradient " + by.indexOf(value), gradients.get(value)));
        graph.output("loss", loss);
        try (Program program = OneDnnBackend.create().compile(graph, InitialParameters.of(graph, 1), Precision.F32)) {
            assertTrue(program.toString().contains("jit") || program.toString().contains("brg"), program.toString());
            assertFalse(program.toString().contains("ref:any"), program.toString());
        }
    }
}
