package org.fovea.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/**
 * Runs a model over many images, the same way for every task. Other threads decode and prepare the next images while the
 * caller's thread computes a batch; outcomes have the order of the inputs; a bounded number of images is in memory, however
 * many there are and however slow the consumer is.
 *
 * <p>A rest that does not fill a batch is filled up, or computed image by image where the number of inputs is not known and
 * at most half of the batch is there: it may be waited for.
 *
 * @param <P> prepared image
 * @param <R> result of an image
 */
public final class ImageBatches<P, R> {
    private final BatchModel<P, R> model;
    private final int batch;
    private final boolean filled;

    private ImageBatches(BatchModel<P, R> model, int batch, boolean filled) {
        this.model = model;
        this.batch = batch;
        this.filled = filled;
    }

    /**
     * Runs of a model.
     *
     * @param batch images computed at once, at least 1
     */
    public static <P, R> ImageBatches<P, R> of(BatchModel<P, R> model, int batch) {
        return new ImageBatches<>(model, batch, false);
    }

    /** These runs with every rest filled up, for models whose program for single images costs more than that. */
    public ImageBatches<P, R> filled() {
        return new ImageBatches<>(model, batch, true);
    }

    /**
     * Computes images in memory; the results have their order. A rest of more than half a batch is filled up, a smaller one
     * goes image by image.
     */
    public List<R> all(List<RgbImage> images) {
        List<R> out = new ArrayList<>();
        for (int from = 0; from < images.size(); from += batch) {
            List<RgbImage> some = images.subList(from, Math.min(images.size(), from + batch));
            out.addAll(compute(some.stream().map(model::prepare).toList(), false));
        }
        return out;
    }

    /**
     * Computes image files and gives each outcome to a consumer as it is there. A collection of fewer files than a batch is
     * computed one by one.
     *
     * @param results called on this thread; what it throws ends the run
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public void files(Iterable<Path> files, Consumer<? super Outcome<Path, R>> results) {
        if (files instanceof Path path) { // whose names would be taken for files
            throw new IllegalArgumentException("ImageBatches: takes many files, got the one path " + path);
        }
        boolean few = files instanceof Collection<Path> known && known.size() < batch;
        new ImageBatches<>(model, few ? 1 : batch, filled).run(files, ImageDecoder.create()::decode, results);
    }

    /** Computes image files; the outcomes have their order, that of an unreadable file being the failure. */
    public List<Outcome<Path, R>> files(List<Path> files) {
        List<Outcome<Path, R>> out = new ArrayList<>();
        files(files, out::add);
        return out;
    }

    /**
     * Computes whatever images can be made of, in the way of {@link #files(Iterable, Consumer)}. Of a {@link Collection} all
     * are computed as rows of batches: the numbers of an image then do not depend on the images before and beside it.
     *
     * @param decode called on several threads; an {@link ImageException} of its is the outcome of that image
     */
    public <I> void run(
            Iterable<? extends I> inputs,
            Function<? super I, RgbImage> decode,
            Consumer<? super Outcome<I, R>> results) {
        boolean known = inputs instanceof Collection;
        try (OrderedPipeline<I, P> pipeline =
                OrderedPipeline.start(inputs, batch, input -> model.prepare(decode.apply(input)))) {
            if (known && !((Collection<?>) inputs).isEmpty()) {
                model.compile(batch);
            }
            pipeline.<R>run(images -> compute(images, known || filled), results);
        }
    }

    /** Computes images one by one with a function of the whole image, the next ones being decoded meanwhile. */
    public static <I, R> void singly(
            Iterable<? extends I> inputs,
            Function<? super I, RgbImage> decode,
            Function<RgbImage, R> compute,
            Consumer<? super Outcome<I, R>> results) {
        try (OrderedPipeline<I, RgbImage> pipeline = OrderedPipeline.start(inputs, 1, decode)) {
            pipeline.<RgbImage>run(one -> one, outcome -> results.accept(outcome.map(compute)));
        }
    }

    private List<R> compute(List<P> images, boolean fill) {
        if (fill || 2 * images.size() > batch) {
            return model.compute(images, batch);
        }
        List<R> out = new ArrayList<>();
        images.forEach(image -> out.addAll(model.compute(List.of(image), 1)));
        return out;
    }
}
