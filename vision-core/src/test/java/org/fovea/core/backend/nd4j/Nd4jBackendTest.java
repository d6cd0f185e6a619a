package org.fovea.core.backend.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.OpCase;
import org.fovea.core.testing.OpCases;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program: what it accepts, gives, shares and frees. */
class Nd4jBackendTest {
    private static final Nd4jBackend BACKEND = new Nd4jBackend();

    static Stream<OpCase> cases() {
        return OpCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecisionAgreesWithDouble(OpCase opCase) {
        CaseGraph built = opCase.build();
        try (Program single = BACKEND.compile(built.graph(), built.parameters(), Precision.F32);
                Program twice = BACKEND.compile(built.graph(), built.parameters(), Precision.F64)) {
            Map<String, Tensor> expected = built.run(twice, built.inputs());
            Map<String, Tensor> actual = built.run(single, built.inputs());
            Tensors.assertClose(opCase.name(), expected, actual, 2e-5);
            built.graph().outputs().forEach((name, value) -> {
                assertEquals(value.shape(), actual.get(name).shape());
                assertTrue(actual.get(name).dtype() == DType.F32
                        || actual.get(name).dtype() == DType.I32);
            });
        }
    }

    @Test
    void runTakesEitherWidthAndGivesTheProgramsOwn() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value rows = graph.indexInput("rows", 1);
        graph.output("scaled", x.affine(2, 0));
        graph.output("picked", x.gather(0, rows));
        graph.output("same", rows);
        Tensor longs = Tensor.zeros(DType.I64, Shape.of(1));
        longs.buffer().asLongBuffer().put(1);
        try (Program program = BACKEND.compile(graph, CaseGraph.source(Map.of()), Precision.F32)) {
            Map<String, Tensor> out = program.run(Map.of("x", Tensor.of(new double[] {0.1, 3}, 2), "rows", longs));
            assertEquals(List.of("scaled", "picked", "same"), List.copyOf(out.keySet()));
            assertEquals("F32 [2]", out.get("scaled").toString());
            assertEquals("I32 [1]", out.get("same").toString());
            Tensors.assertClose(new double[] {0.2f, 6}, out.get("scaled"), 0);
            Tensors.assertClose(new double[] {3}, out.get("picked"), 0);
        }
    }

    @Test
    void compileLeavesOutWhatNoOutputNeeds() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        graph.input("unused", 3).linear(graph.parameter("missing", 4, 3));
        graph.output("y", x.negate());
        try (Program program = BACKEND.compile(graph, CaseGraph.source(Map.of()), Precision.F64)) {
            Tensor y =
                    program.run(Map.of("x", Tensor.of(new double[] {1, -2}, 2))).get("y");
            Tensors.assertClose(new double[] {-1, 2}, y, 0);
        }
    }

    @Test
    void compileNamesWhatIsWrongWithParametersAndPrecision() {
        Graph graph = new Graph();
        graph.output("y", graph.parameter("w", 2, 3));
        var source = CaseGraph.source(Map.of("w", Tensor.of(new double[6], 3, 2)));
        assertMessage(
                "parameter \"w\" must have the graph's shape [2, 3], got [3, 2]",
                () -> BACKEND.compile(graph, source, Precision.F32));
        assertMessage(
                "there must be a weight \"w\"",
                () -> BACKEND.compile(graph, CaseGraph.source(Map.of()), Precision.F32));
        assertMessage(
                "the precision must be F32 or F64, got INT8", () -> BACKEND.compile(graph, source, Precision.INT8));
    }

    @Test
    void runNamesWhatIsWrongWithItsInputs() {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", 2, 3).negate());
        try (Program program = BACKEND.compile(graph, CaseGraph.source(Map.of()), Precision.F32)) {
            assertMessage("input \"x\" [2, 3] must be given", () -> program.run(Map.of()));
            assertMessage(
                    "must be F32 or F64 [2, 3], got F32 [3, 2]",
                    () -> program.run(Map.of("x", Tensor.of(new float[6], 3, 2))));
            assertMessage(
                    "inputs must be among [x], got \"z\"",
                    () -> program.run(Map.of("z", Tensor.of(new float[6], 3, 2))));
        }
    }

    @Test
    void indicesOutsideTheAxisAreAnError() {
        Graph graph = new Graph();
        Value rows = graph.indexInput("rows", 2);
        graph.scope("embeddings");
        graph.output("y", graph.parameter("w", 5, 3).gather(0, rows));
        var source = CaseGraph.source(Map.of("w", Tensor.of(new double[15], 5, 3)));
        try (Program program = BACKEND.compile(graph, source, Precision.F32)) {
            assertMessage(
                    "Gather[axis=0] in embeddings: every index must lie in [0, 5), got 5 at position 1",
                    () -> program.run(Map.of("rows", Tensor.of(new int[] {0, 5}, 2))));
            assertMessage("got -1 at position 0", () -> program.run(Map.of("rows", Tensor.of(new int[] {-1, 0}, 2))));
            Tensor far = Tensor.zeros(DType.I64, Shape.of(2));
            far.buffer().asLongBuffer().put(1L << 32);
            assertMessage("must fit 32 bits", () -> program.run(Map.of("rows", far)));
            assertEquals(
                    6,
                    program.run(Map.of("rows", Tensor.of(new int[] {0, 4}, 2)))
                            .get("y")
                            .shape()
                            .size());
        }
    }

    @Test
    void aClosedProgramSaysSo() {
        Graph graph = new Graph();
        graph.output("y", graph.fill(1, 2));
        Program program = BACKEND.compile(graph, CaseGraph.source(Map.of()), Precision.F32);
        program.close();
        program.close();
        String message = assertThrows(IllegalStateException.class, () -> program.run(Map.of()))
                .getMessage();
        assertTrue(message.contains("closed"), message);
    }

    @Test
    void threadsShareAProgram() throws Exception {
        CaseGraph built = OpCases.all().stream()
                .filter(c -> c.name().startsWith("Attention [1, 2, 17"))
                .findFirst()
                .orElseThrow()
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Program program = BACKEND.compile(built.graph(), built.parameters(), Precision.F32)) {
            Map<String, Tensor> expected = program.run(built.inputs());
            List<Future<Map<String, Tensor>>> runs = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                runs.add(threads.submit(() -> program.run(built.inputs())));
            }
            for (Future<Map<String, Tensor>> run : runs) {
                Tensors.assertClose("a thread", expected, run.get(), 1e-6);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Too many scores to hold at once when nobody asks for the weights; asking for them computes all in one piece. */
    @Test
    void attentionInPartsIsAttention() {
        int n = 1900;
        CaseGraph built = new OpCase("long attention", Attention.class, g -> {
                    List<Value> operands = List.of(
                            g.normal(1, 5, n, 1), g.normal(1, 5, n, 1), g.normal(1, 5, n, 1), g.normal(5, n, 1));
                    g.constantOutput(g.graph().apply(new Attention(1, true), operands.toArray(Value[]::new)));
                    g.graph().add(new Attention(1, true), operands).outputs().forEach(g::constantOutput);
                })
                .build();
        try (Program program = BACKEND.compile(built.graph(), built.parameters(), Precision.F32)) {
            Map<String, Tensor> out = program.run(built.inputs());
            Tensors.assertClose(out.get("y1"), out.get("y0"), 1e-5);
        }
    }

    /** 10 runs make 1.5 GB of values and temporaries and hardly any heap garbage that would free them. */
    @Test
    void runFreesItsIntermediateValues() {
        Graph graph = new Graph();
        int rows = 4096;
        int width = 512;
        Value x = graph.fill(0.5, rows, width);
        for (int i = 0; i < 3; i++) {
            Value row = x.slice(0, 0, 1).reshape(width);
            x = x.gelu(GeluKind.TANH)
                    .add(row)
                    .reshape(rows / 2, 2 * width)
                    .softmax(0)
                    .reshape(rows, width);
        }
        graph.output("y", x.sum(false, 0, 1));
        try (Program program = BACKEND.compile(graph, CaseGraph.source(Map.of()), Precision.F32)) {
            program.run(Map.of());
            long before = Pointer.physicalBytes();
            for (int i = 0; i < 10; i++) {
                program.run(Map.of());
            }
            long growth = Pointer.physicalBytes() - before;
            assertTrue(growth < 150_000_000, "resident memory grew by " + growth + " bytes");
        }
    }

    private static void assertMessage(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
