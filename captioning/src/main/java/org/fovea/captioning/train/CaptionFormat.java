package org.fovea.captioning.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.data.BatchFormat;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Images through a pipeline, each with the same number of its captions drawn at random; those of an image that has fewer
 * repeat.
 */
record CaptionFormat(ImageDecoder decoder, SamplePipeline pipeline, int captionsEach)
        implements BatchFormat<CaptionedImage, RgbImage, CaptionBatch> {
    @Override
    public String name(CaptionedImage sample) {
        return sample.name();
    }

    @Override
    public RgbImage read(CaptionedImage sample) {
        return sample.decode(decoder);
    }

    @Override
    public long bytes(RgbImage image) {
        return 3L * image.height() * image.width();
    }

    @Override
    public CaptionBatch batch(
            Iterator<Item<CaptionedImage, RgbImage>> items, int atMost, int epoch, RandomGenerator random) {
        Shape shape = pipeline.shape();
        FloatBuffer pixels = FloatBuffer.allocate(Math.toIntExact(shape.size() * atMost));
        List<String> captions = new ArrayList<>();
        int count = 0;
        while (items.hasNext()) {
            Item<CaptionedImage, RgbImage> item = items.next();
            pipeline.write(item.read(), item.random(), pixels);
            captions.addAll(drawn(item.sample().words(), item.random()));
            count++;
        }
        float[] filled = Arrays.copyOf(pixels.array(), pixels.position());
        return new CaptionBatch(
                Tensor.of(filled, count, shape.dim(0), shape.dim(1), shape.dim(2)), captions); // [B, C, H, W]
    }

    /** Captions in a random order, all of them before any repeats. */
    private List<String> drawn(List<String> all, RandomGenerator random) {
        List<String> order = new ArrayList<>(all);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < captionsEach; i++) {
            out.add(order.get(i % order.size()));
        }
        return out;
    }
}
