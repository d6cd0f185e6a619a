package org.fovea.core.testing;

import java.util.List;
import java.util.SplittableRandom;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Noisy pictures of bars, crosses, discs and rings, drawn from a seed; every epoch in another order. */
public final class ShapeImages implements ClassificationSource {
    private static final List<String> CLASSES = List.of("bar", "cross", "disc", "ring");

    private final int images;
    private final int batch;
    private final int side;
    private final boolean shuffled;

    private ShapeImages(int images, int batch, int side, boolean shuffled) {
        this.images = images;
        this.batch = batch;
        this.side = side;
        this.shuffled = shuffled;
    }

    /** Full batches, another order each epoch. */
    public static ShapeImages training(int images, int batch, int side) {
        return new ShapeImages(images, batch, side, true);
    }

    /** All images in order; the last batch may be smaller. */
    public static ShapeImages evaluation(int images, int batch, int side) {
        return new ShapeImages(images, batch, side, false);
    }

    @Override
    public List<String> classNames() {
        return CLASSES;
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
        return shuffled ? images / batch : (images + batch - 1) / batch;
    }

    @Override
    public BatchIterator<ClassificationBatch> batches(int epoch, int firstBatch) {
        int[] order = order(epoch);
        return BatchIterator.of(
                firstBatch,
                batchesPerEpoch(),
                number -> make(order, number * batch, Math.min(images, (number + 1) * batch)));
    }

    private int[] order(int epoch) {
        SplittableRandom random = new SplittableRandom(epoch);
        int[] out = new int[images];
        for (int i = 0; i < images; i++) {
            int j = shuffled ? random.nextInt(i + 1) : i;
            out[i] = out[j];
            out[j] = i;
        }
        return out;
    }

    private ClassificationBatch make(int[] order, int begin, int end) {
        int count = end - begin;
        Tensor pixels = Tensor.zeros(DType.F32, Shape.of(count, 1, side, side));
        Tensor targets = Tensor.zeros(DType.F32, Shape.of(count, CLASSES.size()));
        int[] labels = new int[count];
        var out = pixels.buffer().asFloatBuffer();
        for (int i = 0; i < count; i++) {
            int image = order[begin + i];
            labels[i] = image % CLASSES.size();
            targets.buffer().asFloatBuffer().put(i * CLASSES.size() + labels[i], 1);
            SplittableRandom random = new SplittableRandom(1000 + image);
            double cx = side * (0.4 + 0.2 * random.nextDouble());
            double cy = side * (0.4 + 0.2 * random.nextDouble());
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double ink = inside(labels[i], (x - cx) / side, (y - cy) / side) ? 1 : -1;
                    out.put((float) (ink + 0.5 * random.nextGaussian()));
                }
            }
        }
        return new ClassificationBatch(pixels, targets, labels);
    }

    private static boolean inside(int shape, double x, double y) {
        double r = Math.hypot(x, y);
        return switch (shape) {
            case 0 -> Math.abs(y) < 0.12;
            case 1 -> Math.abs(x) < 0.12 || Math.abs(y) < 0.12;
            case 2 -> r < 0.3;
            default -> r > 0.2 && r < 0.4;
        };
    }

    @Override
    public void close() {}
}
