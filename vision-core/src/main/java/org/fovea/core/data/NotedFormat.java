package org.fovea.core.data;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Images through a pipeline, each with the same number of its notes drawn at random; those of an image that has fewer repeat.
 *
 * @param each number of notes of each image
 * @param join makes a batch from pixels {@code [B, C, H, W]} and the notes of the images, those of the same image adjacent
 * @param <N> type of a note
 * @param <S> type of an image
 * @param <B> type of a batch
 */
public record NotedFormat<N, S extends NotedImage<N>, B>(
        ImageDecoder decoder, SamplePipeline pipeline, int each, BiFunction<Tensor, List<N>, B> join)
        implements BatchFormat<S, RgbImage, B> {
    @Override
    public String name(S sample) {
        return sample.name();
    }

    @Override
    public RgbImage read(S sample) {
        return sample.decode(decoder);
    }

    @Override
    public long bytes(RgbImage image) {
        return 3L * image.height() * image.width();
    }

    @Override
    public B batch(Iterator<Item<S, RgbImage>> items, int atMost, int epoch, RandomGenerator random) {
        Shape shape = pipeline.shape();
        FloatBuffer pixels = FloatBuffer.allocate(Math.toIntExact(shape.size() * atMost));
        List<N> notes = new ArrayList<>();
        int count = 0;
        while (items.hasNext()) {
            Item<S, RgbImage> item = items.next();
            pipeline.write(item.read(), item.random(), pixels);
            notes.addAll(drawn(item.sample().notes(), item.random()));
            count++;
        }
        float[] filled = Arrays.copyOf(pixels.array(), pixels.position());
        return join.apply(Tensor.of(filled, count, shape.dim(0), shape.dim(1), shape.dim(2)), notes); // [B, C, H, W]
    }

    /** Draws notes in a random order, all of them once before any repeats. */
    private List<N> drawn(List<N> all, RandomGenerator random) {
        List<N> order = new ArrayList<>(all);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        List<N> out = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            out.add(order.get(i % order.size()));
        }
        return out;
    }
}
