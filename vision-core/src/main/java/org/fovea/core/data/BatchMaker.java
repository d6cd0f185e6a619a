package org.fovea.core.data;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Makes single batches; a pure function of seed, epoch and positions, and so the same on any thread. */
final class BatchMaker {
    /** What stands in for a broken image. */
    enum Broken {
        /** The next image of the epoch's order, so that batches stay full. */
        REPLACED,
        /** Nothing: no image counts twice. */
        SKIPPED
    }

    private final ImageDataset data;
    private final ImageStore store;
    private final SamplePipeline pipeline;
    private final BatchMix mix;
    private final Broken broken;
    private final long seed;

    BatchMaker(ImageDataset data, ImageStore store, SamplePipeline pipeline, BatchMix mix, Broken broken, long seed) {
        this.data = data;
        this.store = store;
        this.pipeline = pipeline;
        this.mix = mix;
        this.broken = broken;
        this.seed = seed;
    }

    /** The batch of the images at positions {@code from} to {@code to} of the order. */
    Batch make(int epoch, int number, int[] order, int from, int to) {
        Shape shape = pipeline.shape();
        FloatBuffer pixels = FloatBuffer.allocate(Math.toIntExact(shape.size() * (to - from)));
        int[] labels = new int[to - from];
        int count = 0;
        for (int position = from; position < to; position++) {
            Optional<Found> found = find(order, position);
            if (found.isPresent()) {
                int index = found.get().index();
                pipeline.write(found.get().image(), Seeds.generator(seed, Seeds.Use.SAMPLE, epoch, index), pixels);
                labels[count++] = data.samples().get(index).label();
            }
        }
        return finish(Arrays.copyOf(pixels.array(), pixels.position()), Arrays.copyOf(labels, count), epoch, number);
    }

    /** A readable image and its place in the data set. */
    private record Found(int index, RgbImage image) {}

    private Optional<Found> find(int[] order, int position) {
        int tries = broken == Broken.SKIPPED ? 1 : order.length;
        for (int t = 0; t < tries; t++) {
            int index = order[(position + t) % order.length];
            Optional<RgbImage> image = store.image(index);
            if (image.isPresent()) {
                return Optional.of(new Found(index, image.get()));
            }
        }
        if (broken == Broken.SKIPPED) {
            return Optional.empty();
        }
        throw new DataSetException(data.name() + ": at least one image must be readable, got none of " + order.length
                + ", such as " + store.broken().get(0).problem());
    }

    private Batch finish(float[] pixels, int[] labels, int epoch, int number) {
        int classes = data.classNames().size();
        int count = labels.length;
        float[] targets = new float[count * classes];
        for (int i = 0; i < count; i++) {
            targets[i * classes + labels[i]] = 1;
        }
        Shape shape = pipeline.shape();
        if (count > 1) {
            mix.mix(pixels, shape, targets, count, epoch, Seeds.generator(seed, Seeds.Use.BATCH, epoch, number));
        }
        return new Batch(
                Tensor.of(pixels, count, shape.dim(0), shape.dim(1), shape.dim(2)), // [B, C, H, W]
                Tensor.of(targets, count, classes), // [B, K]
                labels);
    }
}
