package org.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.tensor.HalfFloats;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A causal Transformer token by token in a session against its full forward pass. */
class DecodingTest {
    private static final int LENGTH = 10;
    private static final int CAPACITY = 12;
    private static final double TOLERANCE = 1e-5;

    static Stream<Backend> backends() {
        return Stream.of(OneDnnBackend.create(), new Nd4jBackend());
    }

    private static int[][] sequences(long seed, int batch) {
        Random random = new Random(seed);
        int[][] out = new int[batch][];
        Arrays.setAll(out, b -> random.ints(LENGTH, 0, TinyDecoder.VOCABULARY).toArray());
        return out;
    }

    /** The logits {@code [B, VOCABULARY]} at every position. */
    private static List<Tensor> full(Backend backend, int[][] ids) {
        try (Program program = TinyDecoder.full(backend, Precision.F32, ids.length, LENGTH)) {
            int[] flat = Stream.of(ids).flatMapToInt(Arrays::stream).toArray();
            Tensor logits = program.run(Map.of("ids", Tensor.of(flat, ids.length, LENGTH)))
                    .get("logits");
            List<Tensor> out = new ArrayList<>();
            for (int t = 0; t < LENGTH; t++) {
                out.add(at(logits, t));
            }
            return out;
        }
    }

    /** Of {@code [B, T, VOCABULARY]} those of one position. */
    private static Tensor at(Tensor logits, int position) {
        int batch = logits.shape().dim(0);
        int vocabulary = TinyDecoder.VOCABULARY;
        float[] all = logits.toFloats();
        float[] out = new float[batch * vocabulary];
        for (int b = 0; b < batch; b++) {
            int from = (b * logits.shape().dim(1) + position) * vocabulary;
            System.arraycopy(all, from, out, b * vocabulary, vocabulary);
        }
        return Tensor.of(out, batch, vocabulary);
    }

    /** Runs the tokens of positions from {@code begin} on and gives their logits {@code [B, tokens, VOCABULARY]}. */
    private static Tensor run(ProgramSession session, int[][] ids, int begin, int tokens) {
        int[] flat = Stream.of(ids)
                .flatMapToInt(row -> Arrays.stream(row, begin, begin + tokens))
                .toArray();
        int[] positions = IntStream.range(begin, begin + tokens).toArray();
        return session.run(
                        Map.of("ids", Tensor.of(flat, ids.length, tokens), "positions", Tensor.of(positions, tokens)))
                .get("logits");
    }

    private static Tensor step(ProgramSession session, int[][] ids, int position) {
        return run(session, ids, position, 1).reshape(ids.length, TinyDecoder.VOCABULARY);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void singleStepsGiveTheLogitsOfTheFullForward(Backend backend) {
        int[][] ids = sequences(3, 2);
        List<Tensor> expected = full(backend, ids);
        try (Program program = TinyDecoder.step(backend, Precision.F32, 2, 1, CAPACITY);
                ProgramSession session = program.openSession()) {
            for (int round = 0; round < 2; round++) {
                for (int t = 0; t < LENGTH; t++) {
                    Tensors.assertClose("position " + t, expected.get(t), step(session, ids, t), TOLERANCE);
                }
                session.reset();
                assertArrayEquals(
                        new float[16], Arrays.copyOf(session.get("layer.1.key").toFloats(), 16));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aPromptAtOnceThenSingleStepsInALargerCache(Backend backend) {
        int[][] ids = sequences(4, 2);
        List<Tensor> expected = full(backend, ids);
        try (Program prompt = TinyDecoder.step(backend, Precision.F32, 2, 3, 6);
                Program small = TinyDecoder.step(backend, Precision.F32, 2, 1, 6);
                Program large = TinyDecoder.step(backend, Precision.F32, 2, 1, CAPACITY)) {
            ProgramSession first = prompt.openSession();
            Tensor logits = run(first, ids, 0, 3);
            for (int t = 0; t < 3; t++) {
                Tensors.assertClose("prompt " + t, expected.get(t), at(logits, t), TOLERANCE);
            }
            try (ProgramSession second = small.openSession(first)) {
                first.close();
                for (int t = 3; t < 6; t++) {
                    Tensors.assertClose("position " + t, expected.get(t), step(second, ids, t), TOLERANCE);
                }
                try (ProgramSession third = large.openSession(second)) {
                    for (int t = 6; t < LENGTH; t++) {
                        Tensors.assertClose("position " + t, expected.get(t), step(third, ids, t), TOLERANCE);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void reorderedRowsGoOnFromTheirNewPast(Backend backend) {
        int[][] ids = sequences(5, 3);
        int[] rows = {1, 1, 0};
        int[][] reordered = new int[3][];
        for (int b = 0; b < 3; b++) {
            reordered[b] = ids[b].clone();
            System.arraycopy(ids[rows[b]], 0, reordered[b], 0, 4);
        }
        List<Tensor> expected = full(backend, reordered);
        try (Program program = TinyDecoder.step(backend, Precision.F32, 3, 1, CAPACITY);
                ProgramSession session = program.openSession()) {
            for (int t = 0; t < 4; t++) {
                step(session, ids, t);
            }
            for (int layer = 0; layer < TinyDecoder.LAYERS; layer++) {
                session.selectRows("layer." + layer + ".key", rows);
                session.selectRows("layer." + layer + ".value", rows);
            }
            for (int t = 4; t < LENGTH; t++) {
                Tensors.assertClose("position " + t, expected.get(t), step(session, reordered, t), TOLERANCE);
            }
        }
    }

    @Test
    void bfloat16IsCloseAndKeepsItsCachesSo() {
        Backend backend = OneDnnBackend.create();
        assumeTrue(backend.supports(Precision.BF16));
        int[][] ids = sequences(6, 2);
        List<Tensor> expected = full(backend, ids);
        try (Program program = TinyDecoder.step(backend, Precision.BF16, 2, 1, CAPACITY);
                ProgramSession session = program.openSession();
                Program single = TinyDecoder.step(backend, Precision.F32, 2, 1, CAPACITY)) {
            for (int t = 0; t < 5; t++) {
                Tensors.assertClose("position " + t, expected.get(t), step(session, ids, t), 0.1);
            }
            float[] keys = session.get("layer.0.key").toFloats();
            for (float key : keys) {
                assertEquals(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(key)), key);
            }
            try (ProgramSession wider = single.openSession(session)) {
                assertArrayEquals(keys, wider.get("layer.0.key").toFloats());
                Tensors.assertClose("position 5", expected.get(5), step(wider, ids, 5), 0.1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void eightThreadsWithASessionEachEqualOne(Backend backend) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try (Program program = TinyDecoder.step(backend, Precision.F32, 1, 1, CAPACITY)) {
            List<List<Tensor>> alone = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                alone.add(decode(program, sequences(i, 1)));
            }
            for (int round = 0; round < 5; round++) {
                List<Future<List<Tensor>>> together = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int[][] ids = sequences(i, 1);
                    together.add(pool.submit(() -> decode(program, ids)));
                }
                for (int i = 0; i < 8; i++) {
                    List<Tensor> logits = together.get(i).get();
                    for (int t = 0; t < LENGTH; t++) {
                        assertArrayEquals(
                                alone.get(i).get(t).toFloats(), logits.get(t).toFloats());
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Tensor> decode(Program program, int[][] ids) {
        try (ProgramSession session = program.openSession()) {
            List<Tensor> out = new ArrayList<>();
            for (int t = 0; t < LENGTH; t++) {
                out.add(step(session, ids, t));
            }
            return out;
        }
    }

    @Test
    void thousandsOfStepsAndSessionsKeepNativeMemoryFlat() {
        assertFlat(OneDnnBackend.create(), 400, 1 << 20);
    }

    /** ND4J frees descriptions of views when they are collected. */
    @Test
    void sessionsOnNd4jKeepNativeMemoryFlat() {
        assertFlat(new Nd4jBackend(), 60, 4 << 20);
    }

    private static void assertFlat(Backend backend, int sequences, long allowance) {
        int[][] ids = sequences(7, 1);
        try (Program program = TinyDecoder.step(backend, Precision.F32, 1, 1, CAPACITY)) {
            decode(program, ids);
            System.gc();
            long before = Pointer.totalBytes();
            for (int i = 0; i < sequences; i++) {
                decode(program, ids);
            }
            System.gc();
            long growth = Pointer.totalBytes() - before;
            assertTrue(growth < allowance, "native memory in use grew by " + growth + " bytes");
        }
    }
}
