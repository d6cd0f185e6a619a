package org.fovea.core.backend.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Speed of ND4J's matrix products here; see {@link org.fovea.core.backend.Backend#productGflops}. */
final class ProductCeiling {
    private static final int ROWS = 1576;
    private static final int IN = 768;
    private static final int OUT = 3072;
    private static final int RUNS = 5;

    private ProductCeiling() {}

    static double gflops(DataType real) {
        double best = Double.MAX_VALUE;
        try (INDArray x = Nd4j.ones(real, ROWS, IN);
                INDArray w = Nd4j.ones(real, IN, OUT);
                INDArray y = Nd4j.create(real, new long[] {ROWS, OUT}, 'f')) {
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                x.mmuli(w, y);
                y.getDouble(0, 0); // waits for devices that work asynchronously
                best = Math.min(best, (System.nanoTime() - start) * 1e-9);
            }
        }
        return 2e-9 * ROWS * IN * OUT / best;
    }
}
