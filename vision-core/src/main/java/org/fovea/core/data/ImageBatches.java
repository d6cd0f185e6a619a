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
 * @param <P> type of a preprocessed image
 * @param <R> type of the result for an image
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
     * Creates batched runs of a model.
     *
     * @param batch images computed together, at least 1
     */
    public static <P, R> ImageBatches<P, R> of(BatchModel<P, R> model, int batch) {
        return new ImageBatches<>(model, batch, false);
    }

    /** Copy that pads every incomplete batch, for models whose program for single images costs more than padding. */
    public ImageBatches<P, R> filled() {
        return new ImageBatches<>(model, batch, true);
    }

    /**
     * Computes images in memory; results are in the images' order. A last batch that is more than half full is padded; the
     * images of a smaller one are computed one by one.
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
     * Computes image files and passes each outcome to a consumer as soon as it is available. A collection of fewer files than a
     * batch is computed one by one.
     *
     * @param results called on this thread; an exception that it throws ends the run
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public void files(Iterable<Path> files, Consumer<? super Outcome<Path, R>> results) {
        if (files instanceof Path path) { // a path is an Iterable of its own names, which would be taken for files
            throw new IllegalArgumentException("ImageBatches: takes many files, got the one path " + path);
        }
        boolean few = files instanceof Collection<Path> known && known.size() < batch;
        new ImageBatches<>(model, few ? 1 : batch, filled).run(files, ImageDecoder.create()::decode, results);
    }

    /** Computes image files; outcomes are in the files' order, and that of an unreadable file holds the failure. */
    public List<Outcome<Path, R>> files(List<Path> files) {
        List<Outcome<Path, R>> out = new ArrayList<>();
        files(files, out::add);
        return out;
    }

    /**
     * Computes images decoded from any kind of input, like {@link #files(Iterable, Consumer)}. The images of a {@link
     * Collection} are all computed in batches of the same size, so that the results for an image do not depend on the other
     * images.
     *
     * @param decode decodes one input; called on several threads. An {@link ImageException} that it throws becomes the outcome
     *     of that image
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

    /** Computes images one by one with a function of the whole image, while the next ones are decoded. */
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
