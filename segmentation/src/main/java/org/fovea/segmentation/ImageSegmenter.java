package org.fovea.segmentation;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchModel;
import org.fovea.core.data.ImageBatches;
import org.fovea.core.data.Outcome;
import org.fovea.core.hub.ImageFit;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Mode;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.hub.PretrainedSegmenter;
import org.fovea.segmentation.hub.SegmenterSpec;
import org.fovea.segmentation.mask.RowDecoder;
import org.fovea.segmentation.mask.RowLabeler;
import org.fovea.segmentation.mask.ScoreGrid;
import org.fovea.segmentation.mask.ScoreMap;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.mask.SegmentedRows;
import org.fovea.segmentation.model.SegmenterModel;
import org.fovea.segmentation.output.Palette;
import org.fovea.segmentation.tile.RegionSource;
import org.fovea.segmentation.tile.TileOptions;
import org.fovea.segmentation.tile.TileRun;
import org.fovea.vit.ShippedModels;

/**
 * Gives each pixel of an image a class, and each object a mask where the model tells objects apart. Thread-safe.
 *
 * <pre>{@code
 * try (ImageSegmenter segmenter = ImageSegmenter.load(Path.of("segformer-b0-finetuned-ade-512-512"))) {
 *     Segmentation result = segmenter.segment(Path.of("photo.jpg"));
 *     result.segments().forEach(s -> System.out.println(s.label() + " " + result.share(s)));
 *     SegmentationExplanation why = segmenter.explain(Path.of("photo.jpg"));
 *     why.draw(why.map(0, 120, 80)).writePng(Path.of("photo-looks.png"));
 * }
 * }</pre>
 *
 * <p>A model sees the whole image, resized as its checkpoint says; or, with {@link SegmenterOptions#tiles} and where its family
 * wants it so, overlapping tiles at the image's own scale, which suits images of any size. Masks always have the image's own size.
 *
 * <p>It holds native memory until it is closed; afterwards every call that computes throws {@link IllegalStateException}.
 */
public final class ImageSegmenter implements AutoCloseable {
    private final PretrainedSegmenter pretrained;
    private final SegmenterModel model;
    private final ImageProcessor processor;
    private final TileOptions tiles;
    private final SegmenterOptions options;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final ProgramCache<ProgramKey> programs;

    private ImageSegmenter(
            PretrainedSegmenter pretrained,
            SegmenterModel model,
            ImageProcessor processor,
            TileOptions tiles,
            SegmenterOptions options) {
        this.pretrained = pretrained;
        this.model = model;
        this.processor = processor;
        this.tiles = tiles;
        this.options = options;
        WeightSource weights = model.inferenceParameters(pretrained.parameters());
        this.programs = new ProgramCache<>("ImageSegmenter", key -> options.backend()
                .compile(model.graph(Mode.INFERENCE, key.batch(), key.everything()), weights, options.precision()));
    }

    /**
     * Loads a segmenter that comes with this library, with {@link SegmenterOptions#defaults}.
     *
     * @param name one of {@link ShippedModels#names} that is a segmenter, such as {@code nuclei}
     * @throws IllegalArgumentException when there is no such model, and the message lists the available ones
     * @throws ModelFormatException when the model is not a segmenter
     */
    public static ImageSegmenter shipped(String name) {
        return load(ShippedModels.directory(name));
    }

    /** Loads a checkpoint directory with {@link SegmenterOptions#defaults}; see {@link #load(Path, SegmenterOptions)}. */
    public static ImageSegmenter load(Path directory) {
        return load(directory, SegmenterOptions.defaults());
    }

    /**
     * Loads a checkpoint directory of any of {@link org.fovea.segmentation.hub.SegmenterFamilies#ALL}.
     *
     * @param directory holds {@code config.json}, {@code preprocessor_config.json} and the weights
     * @throws ModelFormatException when a file is missing or wrong; the message says how to fix it
     * @throws IllegalArgumentException when the model does not support the tiles of the options
     */
    public static ImageSegmenter load(Path directory, SegmenterOptions options) {
        PretrainedSegmenter model = PretrainedSegmenter.open(directory);
        try {
            return of(directory, model, options);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static ImageSegmenter of(Path directory, PretrainedSegmenter pretrained, SegmenterOptions options) {
        SegmenterSpec spec = pretrained.spec();
        ImageProcessor own = ImageProcessor.load(directory);
        TileOptions tiles = options.tiles().orElse(spec.tilePixels() > 0 ? TileOptions.of(spec.tilePixels()) : null);
        if (tiles != null && tiles.pixels() % spec.model().multiple() != 0) {
            throw new IllegalArgumentException("ImageSegmenter: the side of a tile must be a multiple of "
                    + spec.model().multiple() + " for this model, got " + tiles.pixels());
        }
        ImageProcessor processor = tiles == null ? own : own.withImageSize(tiles.pixels());
        ImageFit.checkChannels(directory, processor, spec.model().channels());
        SegmenterModel fitting = options.tiles().isPresent()
                ? ImageFit.asked(processor, spec.model()::withImage)
                : ImageFit.own(directory, processor, spec.model()::withImage);
        SegmenterModel sized = options.augmentation().of(fitting);
        return new ImageSegmenter(pretrained, sized, processor, tiles, options);
    }

    /** Model, for the size of the images or tiles that it processes. */
    public SegmenterModel model() {
        return model;
    }

    /** The class names by index. */
    public List<String> labels() {
        return pretrained.spec().labels();
    }

    /** The colors of the classes. */
    public Palette palette() {
        return pretrained.palette();
    }

    /** Returns whether images are processed in tiles, at their original scale. */
    public boolean isTiled() {
        return tiles != null;
    }

    /** Returns whether the model separates objects (instance segmentation). */
    public boolean tellsObjectsApart() {
        return !pretrained.spec().decoder().isLargestOutput();
    }

    /** Preprocessing that turns an image or a tile into the model's input. */
    public ImageProcessor processor() {
        return processor;
    }

    /** Options that this segmenter was loaded with. */
    public SegmenterOptions options() {
        return options;
    }

    /**
     * Segments an image file.
     *
     * @throws org.fovea.core.image.ImageException when it cannot be read or is truncated
     * @throws IllegalStateException after {@link #close}
     */
    public Segmentation segment(Path image) {
        return segment(decoder.decode(image));
    }

    /** Segments the image file that a stream holds from its current position on; the caller closes the stream. */
    public Segmentation segment(InputStream image) {
        return segment(decoder.decode(image, "the stream"));
    }

    /** Segments an AWT image. */
    public Segmentation segment(BufferedImage image) {
        return segment(RgbImage.from(image));
    }

    /** Segments an image. */
    public Segmentation segment(RgbImage image) {
        return segmentation(scores(image), image);
    }

    /** Segments images, {@link SegmenterOptions#batch} at a time; results are in the images' order. */
    public List<Segmentation> segmentAll(List<RgbImage> images) {
        return batches(options.batch()).all(images).stream()
                .map(one -> segmented(one).segmentation())
                .toList();
    }

    /**
     * Segments image files in batches and passes each outcome to a consumer as soon as it is available, in the files' order.
     * Other threads decode the next files meanwhile; the number of images in memory is bounded.
     *
     * @param results called on this thread; an exception that it throws ends the run
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public void segmentFiles(Iterable<Path> images, Consumer<? super Outcome<Path, SegmentedImage>> results) {
        batches(options.batch()).files(images, outcome -> results.accept(outcome.map(this::segmented)));
    }

    /** Segments image files; outcomes are in the files' order, and that of an unreadable file holds the failure. */
    public List<Outcome<Path, SegmentedImage>> segmentFiles(List<Path> images) {
        List<Outcome<Path, SegmentedImage>> out = new ArrayList<>();
        segmentFiles(images, out::add);
        return out;
    }

    /**
     * Segments images decoded from any kind of input, like {@link #segmentFiles(Iterable, Consumer)}. All batches have the same
     * size, the last one padded, so that the result for an image does not depend on the other images.
     *
     * @param decode decodes one input; called on several threads. An {@link org.fovea.core.image.ImageException} that it throws
     *     becomes the outcome of that image
     * @param batch images computed together, at least 1
     */
    public <I> void segmentAll(
            Iterable<? extends I> images,
            Function<? super I, RgbImage> decode,
            int batch,
            Consumer<? super Outcome<I, SegmentedImage>> results) {
        batches(batch).<I>run(images, decode, outcome -> results.accept(outcome.map(this::segmented)));
    }

    private ImageBatches<Prepared, Scored> batches(int batch) {
        return ImageBatches.of(new Scoring(), batch).filled();
    }

    /** An image, and the model's input where it sees the whole. */
    private record Prepared(RgbImage image, Tensor pixels) {}

    /** An image with the model's numbers. */
    private record Scored(RgbImage image, ScoreMap scores) {}

    private final class Scoring implements BatchModel<Prepared, Scored> {
        @Override
        public Prepared prepare(RgbImage image) {
            return new Prepared(image, tiles == null ? processor.prepare(image) : null);
        }

        @Override
        public List<Scored> compute(List<Prepared> images, int rows) {
            List<RgbImage> all = images.stream().map(Prepared::image).toList();
            if (tiles != null) {
                return all.stream()
                        .map(image -> new Scored(image, scores(image)))
                        .toList();
            }
            Tensor logits =
                    logits(Tensor.stack(images.stream().map(Prepared::pixels).toList(), rows));
            return IntStream.range(0, all.size())
                    .mapToObj(i -> new Scored(all.get(i), ScoreMap.of(logits, i, processor.geometry(all.get(i)))))
                    .toList();
        }

        @Override
        public void compile(int rows) {
            programs.get(new ProgramKey(tiles == null ? rows : 1, false));
        }
    }

    private SegmentedImage segmented(Scored scored) {
        return new SegmentedImage(scored.image(), segmentation(scored.scores(), scored.image()));
    }

    private Segmentation segmentation(ScoreMap scores, RgbImage image) {
        return pretrained.spec().decoder().decode(scores, labels(), image.height(), image.width());
    }

    /** Raw outputs of the model over an image. */
    public ScoreMap scores(RgbImage image) {
        if (tiles == null) {
            return ScoreMap.of(logits(processor.prepare(image)), 0, processor.geometry(image));
        }
        TileRun run = tiles(RegionSource.of(image));
        int columns = run.columns();
        int rows = run.rows();
        float[] all = new float[Math.multiplyExact(Math.multiplyExact(model.outputs(), rows), columns)];
        run.run(this::tileLogits, (row, places) -> {
            for (int k = 0; k < model.outputs(); k++) {
                System.arraycopy(places, k * columns, all, (k * rows + row) * columns, columns);
            }
        });
        return ScoreMap.of(model.outputs(), rows, columns, all, run.geometry());
    }

    /**
     * Segments an image of any size, read in parts, and passes its pixels on row by row. The results are those of {@link
     * #segment(RgbImage)}, with memory for only a row of tiles; see {@link TileRun}.
     *
     * @param out receives the classes of the pixels
     * @throws IllegalStateException when images are not processed in tiles
     */
    public SegmentedRows segment(RegionSource source, RowLabeler.Rows out) {
        if (tiles == null) {
            throw new IllegalStateException("ImageSegmenter: to segment in parts the model must see tiles; load it with"
                    + " SegmenterOptions.withTiles");
        }
        TileRun run = tiles(source);
        ScoreGrid grid = new ScoreGrid(
                run.outputs(), run.rows(), run.columns(), run.geometry(), source.height(), source.width());
        RowDecoder rows = pretrained.spec().decoder().byRows(grid, labels(), out);
        run.run(this::tileLogits, (row, places) -> rows.add(places));
        return rows.end();
    }

    private TileRun tiles(RegionSource source) {
        Shape grid = model.graph(Mode.INFERENCE, 1, false)
                .outputs()
                .get(SegmenterModel.LOGITS)
                .shape();
        return new TileRun(source, tiles.pixels(), tiles.overlap(), tiles.pixels() / grid.dim(2), model.outputs());
    }

    private Tensor tileLogits(RgbImage tile) {
        return logits(processor.process(tile));
    }

    /**
     * Runs the model without preprocessing.
     *
     * @param pixels {@code [B, C, H, W]}, float32, as {@link #processor} makes them; a compiled program is kept for each B
     * @return {@code [B, outputs, rows, columns]}
     */
    public Tensor logits(Tensor pixels) {
        int batch = pixels.shape().rank() == 4 ? Math.max(1, pixels.shape().dim(0)) : 1;
        return run(batch, false, pixels).get(SegmenterModel.LOGITS);
    }

    private Map<String, Tensor> run(int batch, boolean everything, Tensor pixels) {
        return programs.get(new ProgramKey(batch, everything)).run(Map.of(SegmenterModel.PIXELS, pixels));
    }

    /**
     * All intermediate results for an image, under the reference's names: {@code pixel_values}, {@code logits}, {@code
     * hidden_states.i}, {@code attentions.i}, and the {@code mask} at the image's own size, int32.
     *
     * @return results by name, with a batch of one
     * @throws IllegalStateException when images are processed in tiles
     */
    public Map<String, Tensor> dump(RgbImage image) {
        if (tiles != null) {
            throw new IllegalStateException("ImageSegmenter: to write what it computes the model must see the whole"
                    + " image, got tiles of " + tiles.pixels() + " pixels");
        }
        Tensor pixels = processor.prepare(image);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(SegmenterModel.PIXELS, pixels);
        out.putAll(run(1, true, pixels));
        ScoreMap scores = ScoreMap.of(out.get(SegmenterModel.LOGITS), 0, processor.geometry(image));
        out.put("mask", MaskTensor.of(segmentation(scores, image).classes()));
        return out;
    }

    /**
     * Segments an image file and explains the result by attention maps; see {@link #explain(RgbImage)}.
     *
     * @throws org.fovea.core.image.ImageException when it cannot be read or is truncated
     */
    public SegmentationExplanation explain(Path image) {
        return explain(decoder.decode(image));
    }

    /**
     * Segments an image and explains the result by attention maps. A model that processes tiles gets the whole image resized to
     * one tile, and the masks are those of that tile.
     */
    public SegmentationExplanation explain(RgbImage image) {
        Map<String, Tensor> out = run(1, true, processor.prepare(image));
        ScoreMap scores = ScoreMap.of(out.get(SegmenterModel.LOGITS), 0, processor.geometry(image));
        List<Tensor> weights = IntStream.range(0, model.attentions().size())
                .mapToObj(i -> out.get("attentions." + i))
                .toList();
        return new SegmentationExplanation(
                segmentation(scores, image), model.attentions(), weights, image, processor.geometry(image));
    }

    /** Frees native memory once running calls have ended; closing again does nothing. */
    @Override
    public void close() {
        try {
            programs.close();
        } finally {
            pretrained.close();
        }
    }

    private record ProgramKey(int batch, boolean everything) {}
}
