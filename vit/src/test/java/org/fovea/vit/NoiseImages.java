package org.fovea.vit;

import java.util.List;
import java.util.SplittableRandom;
import org.fovea.core.data.Batch;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Grey noise with a faint stripe whose place is the class; the same images in the same order every epoch. */
record NoiseImages(int images, int batch, int side) implements BatchSource {
    static final int CLASSES = 4;

    @Override
    public List<String> classNames() {
        return List.of("top", "upper", "lower", "bottom");
    }

    @Override
    public Shape imageShape() {
        return Shape.of(1, side, side);
    }

    @Override
    public int batchSize() {
        return batch;
    }

    @Override
    public int batchesPerEpoch() {
        return images / batch;
    }

    @Override
    public BatchIterator batches(int epoch, int firstBatch) {
        return new BatchIterator() {
            private int next = firstBatch;

            @Override
            public boolean hasNext() {
                return next < batchesPerEpoch();
            }

            @Override
            public Batch next() {
                return make(next++ * batch);
            }

            @Override
            public void close() {}
        };
    }

    private Batch make(int first) {
        Tensor pixels = Tensor.zeros(DType.F32, Shape.of(batch, 1, side, side));
        Tensor targets = Tensor.zeros(DType.F32, Shape.of(batch, CLASSES));
        int[] labels = new int[batch];
        for (int i = 0; i < batch; i++) {
            SplittableRandom random = new SplittableRandom(first + i);
            labels[i] = random.nextInt(CLASSES);
            targets.buffer().asFloatBuffer().put(i * CLASSES + labels[i], 1);
            for (int p = 0; p < side * side; p++) {
                double stripe = p / side * CLASSES / side == labels[i] ? 0.5 : 0;
                pixels.buffer().asFloatBuffer().put(i * side * side + p, (float) (random.nextGaussian() + stripe));
            }
        }
        return new Batch(pixels, targets, labels);
    }

    @Override
    public void close() {}
}
