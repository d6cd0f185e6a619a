package org.fovea.samples.cli;

import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/**
 * How fast a matrix product can be on this machine: the largest of ViT-B/16 at batch 8, {@code 1576 x 768 x 3072}, with
 * packed weights, run alone.
 */
final class Ceiling implements AutoCloseable {
    private static final int ROWS = 1576;
    private static final int INNER = 768;
    private static final int COLUMNS = 3072;
    /** Products in one run, so that handing over the input weighs little. */
    private static final int PRODUCTS = 2;

    private static final int RUNS = 4;
    private static final double INPUT_STEP = 0.37; // spreads the numbers over [-1, 1]

    private final Program program;
    private final Map<String, Tensor> input;
    private final long flops;

    private Ceiling(Program program, Map<String, Tensor> input, long flops) {
        this.program = program;
        this.input = input;
        this.flops = flops;
    }

    /** Prepares the product. */
    static Ceiling of(Backend backend, Precision precision) {
        Graph graph = new Graph();
        Value x = graph.input("x", ROWS, INNER);
        Parameters.Builder weights = Parameters.builder();
        for (int i = 0; i < PRODUCTS; i++) {
            String name = "weight" + i;
            weights.add(name, numbers(COLUMNS));
            Value product = x.linear(graph.parameter(name, COLUMNS, INNER)); // [1576, 3072]
            graph.output(
                    "row" + i, product.slice(0, 0, 1)); // one row: copying all out would take longer than some products
        }
        Program program = backend.compile(graph, weights.build(), precision);
        return new Ceiling(program, Map.of("x", numbers(ROWS)), Flops.of(graph));
    }

    private static Tensor numbers(int rows) {
        Tensor out = Tensor.zeros(DType.F32, Shape.of(rows, INNER));
        var floats = out.buffer().asFloatBuffer();
        for (int i = 0; floats.hasRemaining(); i++) {
            floats.put((float) Math.sin(i * INPUT_STEP));
        }
        return out;
    }

    /** The best of a few runs, GFLOP/s. */
    double measure() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            program.run(input);
            best = Math.min(best, System.nanoTime() - start);
        }
        return (double) flops / best;
    }

    @Override
    public void close() {
        program.close();
    }
}
