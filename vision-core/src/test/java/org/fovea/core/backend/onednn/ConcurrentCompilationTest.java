package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

/** Programs that share weights may be compiled at the same time: each weight is packed once, and all fit what is packed. */
class ConcurrentCompilationTest {
    private static final int ROUNDS = 40;
    private static final int IN = 192;
    private static final int OUT = 1000;

    private final OneDnnBackend backend = OneDnnBackend.create();

    private static Graph linear(int rows) {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", rows, IN).linear(graph.parameter("w", OUT, IN)));
        return graph;
    }

    private static Tensor ramp(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % columns) % 7 - 3 + (i / columns) % 5;
        }
        return Tensor.of(values, rows, columns);
    }

    @Test
    void compileMayRunBesideAnother() throws Exception {
        Tensor weight = ramp(OUT, IN);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Parameters weights = Parameters.of(Map.of("w", weight));
                CyclicBarrier start = new CyclicBarrier(2);
                Future<Float> one = pool.submit(product(1, weights, start));
                Future<Float> many = pool.submit(product(1576, weights, start));
                assertEquals(one.get(), many.get(), 1e-2f, "round " + round);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** The sum of the first row. */
    private Callable<Float> product(int rows, Parameters weights, CyclicBarrier start) {
        return () -> {
            start.await();
            try (Program program = backend.compile(linear(rows), weights, Precision.F32)) {
                start.await();
                float[] y = program.run(Map.of("x", ramp(rows, IN))).get("y").toFloats();
                float sum = 0;
                for (int i = 0; i < OUT; i++) {
                    sum += (i % 17) * y[i];
                }
                return sum;
            }
        };
    }
}
