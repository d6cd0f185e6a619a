package org.fovea.core.data;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Images through a pipeline, and their classes one-hot; then mixed. */
record ClassificationFormat(ImageDecoder decoder, SamplePipeline pipeline, BatchMix mix, int classes)
        implements BatchFormat<LabeledImage, RgbImage, ClassificationBatch> {
    @Override
    public String name(LabeledImage sample) {
        return sample.name();
    }

    @Override
    public RgbImage read(LabeledImage sample) throws IOException {
        return decoder.decode(sample.source().read(), sample.name());
    }

    @Override
    public long bytes(RgbImage image) {
        return 3L * image.height() * image.width();
    }

    @Override
    public ClassificationBatch batch(
            Iterator<Item<LabeledImage, RgbImage>> items, int atMost, int epoch, RandomGenerator random) {
        Shape shape = pipeline.shape();
        FloatBuffer pixels = FloatBuffer.allocate(Math.toIntExact(shape.size() * atMost));
        int[] labels = new int[atMost];
        int count = 0;
        while (items.hasNext()) {
            Item<LabeledImage, RgbImage> item = items.next();
            pipeline.write(item.read(), item.random(), pixels);
            labels[count++] = item.sample().label();
        }
        float[] filled = Arrays.copyOf(pixels.array(), pixels.position());
        return finish(filled, Arrays.copyOf(labels, count), epoch, random);
    }

    private ClassificationBatch finish(float[] pixels, int[] labels, int epoch, RandomGenerator random) {
        int count = labels.length;
        float[] targets = new float[count * classes];
        for (int i = 0; i < count; i++) {
            targets[i * classes + labels[i]] = 1;
        }
        Shape shape = pipeline.shape();
        if (count > 1) {
            mix.mix(pixels, shape, targets, count, epoch, random);
        }
        return new ClassificationBatch(
                Tensor.of(pixels, count, shape.dim(0), shape.dim(1), shape.dim(2)), // [B, C, H, W]
                Tensor.of(targets, count, classes), // [B, K]
                labels);
    }
}
