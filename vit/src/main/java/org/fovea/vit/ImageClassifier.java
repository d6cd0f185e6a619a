package org.fovea.vit;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchModel;
import org.fovea.core.data.ImageBatches;
import org.fovea.core.data.Outcome;
import org.fovea.core.hub.ImageFit;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Extra;
import org.opencv.core.Mat;

/**
 * Classifies images with a checkpoint as the hubs publish it. Thread-safe.
 *
 * <pre>{@code
 * try (ImageClassifier classifier = ImageClassifier.load(Path.of("vit-base-patch16-224"))) {
 *     Classification result = classifier.classify(Path.of("photo.jpg"));
 *     System.out.println(result.best().label());
 *     Explanation why = classifier.explain(Path.of("photo.jpg"));
 *     why.draw(why.rollout()).writePng(Path.of("photo-heat.png"));
 * }
 * }</pre>
 *
 * <p>Many files are decoded on all cores while the model computes, and one that is no image is an outcome of its own:
 *
 * <pre>{@code
 * classifier.classifyFiles(paths, outcome -> {
 *     if (outcome instanceof Outcome.Failed<Path, Classification> failed) {
 *         System.err.println(failed.failure().getMessage());
 *     } else {
 *         System.out.println(outcome.input() + ": " + outcome.get().best().label());
 *     }
 * });
 * }</pre>
 *
 * <p>It holds native memory until it is closed; afterwards every call that computes throws
 * {@link IllegalStateException}. Programs are compiled when they are first needed: one for single images, one for batches
 * of {@link ClassifierOptions#batch}, one for explanations.
 */
public final class ImageClassifier implements AutoCloseable {
    private final PretrainedModel model;
    private final ClassifierConfig config;
    private final ImageProcessor processor;
    private final ClassifierOptions options;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final ProgramCache<ProgramKey> programs;
    private final BatchModel<Tensor, float[]> rows = new Rows();

    private ImageClassifier(
            PretrainedModel model, ClassifierConfig config, ImageProcessor processor, ClassifierOptions options) {
        this.model = model;
        this.config = config;
        this.processor = processor;
        this.options = options;
        WeightSource parameters = model.config().inferenceParameters(model.parameters(), config);
        this.programs = new ProgramCache<>("ImageClassifier", key -> options.backend()
                .compile(config.inferenceGraph(key.batch(), key.extras()), parameters, options.precision()));
    }

    /** Loads a checkpoint directory with {@link ClassifierOptions#defaults}; see {@link #load(Path, ClassifierOptions)}. */
    public static ImageClassifier load(Path directory) {
        return load(directory, ClassifierOptions.defaults());
    }

    /**
     * Loads a checkpoint directory of Hugging Face transformers (such as ViT, DeiT and DINOv2) or timm (its vision
     * transformers), or a compact transformer saved here.
     *
     * @param directory holds {@code config.json}, {@code preprocessor_config.json} (not timm's) and the weights in
     *     safetensors format
     * @throws ModelFormatException when a file is missing or wrong; the message says how to fix it
     * @throws IllegalArgumentException when the model does not support the image size of the options
     */
    public static ImageClassifier load(Path directory, ClassifierOptions options) {
        PretrainedModel model = PretrainedModel.open(directory);
        try {
            ImageProcessor processor = ImageProcessor.load(directory);
            boolean own = options.imagePixels() == ClassifierOptions.CHECKPOINT_PIXELS;
            ImageProcessor sized = own ? processor : processor.withImageSize(options.imagePixels());
            ImageFit.checkChannels(directory, sized, model.config().channels());
            ClassifierConfig config = own
                    ? ImageFit.own(directory, sized, model.config()::withImage)
                    : ImageFit.asked(sized, model.config()::withImage);
            return new ImageClassifier(model, config, sized, options);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** Loads a model that comes with this library, with {@link ClassifierOptions#defaults}: {@code shipped("cifar10")}. */
    public static ImageClassifier shipped(String name) {
        return shipped(name, ClassifierOptions.defaults());
    }

    /**
     * Loads a model that comes with this library.
     *
     * @param name one of {@link ShippedModels#names}, such as {@code cifar10}
     * @throws IllegalArgumentException when there is no such model (the message lists the available ones), and as in {@link
     *     #load(Path, ClassifierOptions)}
     */
    public static ImageClassifier shipped(String name, ClassifierOptions options) {
        return load(ShippedModels.directory(name), options);
    }

    /** Configuration of the model, for the image size in use. */
    public ClassifierConfig config() {
        return config;
    }

    /** The class names by index. */
    public List<String> labels() {
        return model.labels();
    }

    /** Preprocessing that turns an image into the model's input. */
    public ImageProcessor processor() {
        return processor;
    }

    /** Options that this classifier was loaded with. */
    public ClassifierOptions options() {
        return options;
    }

    /**
     * Classifies an image file.
     *
     * @throws org.fovea.core.image.ImageException when it cannot be read or is truncated
     * @throws IllegalStateException after {@link #close}
     */
    public Classification classify(Path image) {
        return classify(decoder.decode(image));
    }

    /** Classifies the image file that a stream holds from its current position on; the caller closes the stream. */
    public Classification classify(InputStream image) {
        return classify(decoder.decode(image, "the stream"));
    }

    /** Classifies an AWT image. */
    public Classification classify(BufferedImage image) {
        return classify(RgbImage.from(image));
    }

    /** Classifies an OpenCV matrix: gray, BGR or BGRA, 8 or 16 bits per channel. */
    public Classification classify(Mat image) {
        return classify(RgbImage.from(image));
    }

    /** Classifies an image. */
    public Classification classify(RgbImage image) {
        return classifyAll(List.of(image)).get(0);
    }

    /**
     * Classifies image files in batches and passes each outcome to a consumer as soon as it is available, in the files' order.
     * Other threads decode the next files meanwhile; the number of images in memory is bounded, even with many files and a slow
     * consumer. See {@link #classifyAll(Iterable, Function, int, Consumer)}.
     *
     * @param results called on this thread; an exception that it throws ends the run
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public void classifyFiles(Iterable<Path> images, Consumer<? super Outcome<Path, Classification>> results) {
        ImageBatches.of(rows, options.batch()).files(images, outcome -> results.accept(outcome.map(this::result)));
    }

    /** Classifies image files; outcomes are in the files' order, and that of an unreadable file holds the failure. */
    public List<Outcome<Path, Classification>> classifyFiles(List<Path> images) {
        return ImageBatches.of(rows, options.batch()).files(images).stream()
                .map(outcome -> outcome.<Classification>map(this::result))
                .toList();
    }

    /**
     * Classifies images decoded from any kind of input, like {@link #classifyFiles(Iterable, Consumer)}.
     *
     * <p>The images of a {@link java.util.Collection} are all computed in batches of the same size, the last one padded; the
     * results for an image are then bitwise independent of the other images. The images of any other {@link Iterable} are
     * computed one by one where the last batch is small; in single precision their results differ from those in batches by
     * rounding, about 10⁻⁶.
     *
     * @param decode decodes one input; called on several threads. An {@link ImageException} that it throws becomes the outcome
     *     of that image
     * @param batch images computed together, at least 1
     */
    public <I> void classifyAll(
            Iterable<? extends I> images,
            Function<? super I, RgbImage> decode,
            int batch,
            Consumer<? super Outcome<I, Classification>> results) {
        ImageBatches.of(rows, batch).<I>run(images, decode, outcome -> results.accept(outcome.map(this::result)));
    }

    /** Classifies and explains images one by one, otherwise like {@link #classifyAll(Iterable, Function, int, Consumer)}. */
    public <I> void explainAll(
            Iterable<? extends I> images,
            Function<? super I, RgbImage> decode,
            Consumer<? super Outcome<I, Explanation>> results) {
        ImageBatches.singly(images, decode, this::explain, results);
    }

    /**
     * Classifies images, {@link ClassifierOptions#batch} at a time; results are in the images' order. A last batch that is more
     * than half full is padded; the images of a smaller one are computed one by one.
     */
    public List<Classification> classifyAll(List<RgbImage> images) {
        return ImageBatches.of(rows, options.batch()).all(images).stream()
                .map(this::result)
                .toList();
    }

    /** The logits of rows of pixels. */
    private final class Rows implements BatchModel<Tensor, float[]> {
        @Override
        public Tensor prepare(RgbImage image) {
            return processor.prepare(image);
        }

        @Override
        public List<float[]> compute(List<Tensor> images, int size) {
            return split(logits(Tensor.stack(images, size))).subList(0, images.size());
        }

        @Override
        public void compile(int size) {
            ImageClassifier.this.prepare(size);
        }
    }

    /**
     * Runs the model without preprocessing.
     *
     * @param pixels {@code [B, C, H, W]}, float32, as {@link #processor} makes them; a compiled program is kept for each B
     * @return {@code [B, classes]}
     */
    public Tensor logits(Tensor pixels) {
        int batch = pixels.shape().rank() == 4 ? Math.max(1, pixels.shape().dim(0)) : 1;
        return run(batch, Set.of(), pixels).get(ClassifierConfig.LOGITS);
    }

    private Map<String, Tensor> run(int batch, Set<Extra> extras, Tensor pixels) {
        return programs.get(new ProgramKey(batch, extras)).run(Map.of(ClassifierConfig.PIXELS, pixels));
    }

    /**
     * Predicted classes of given logits.
     *
     * @param logits {@code [B, classes]}, from {@link #logits} or {@link #dump}
     * @return one result per row
     */
    public List<Classification> classifications(Tensor logits) {
        return split(logits).stream().map(this::result).toList();
    }

    private List<float[]> split(Tensor logits) {
        float[] all = logits.toFloats();
        int classes = config.classes();
        return IntStream.range(0, all.length / classes)
                .mapToObj(i -> Arrays.copyOfRange(all, i * classes, (i + 1) * classes))
                .toList();
    }

    /**
     * Compiles the program for a batch size now rather than at its first use, so that other startup work can run meanwhile.
     *
     * @param batch images computed together, at least 1
     */
    public void prepare(int batch) {
        programs.get(new ProgramKey(batch, Set.of()));
    }

    /** Classifies an image file and explains the result by attention maps; see {@link #classify(Path)}. */
    public Explanation explain(Path image) {
        return explain(decoder.decode(image));
    }

    /** Classifies the image file that a stream holds and explains the result by attention maps. */
    public Explanation explain(InputStream image) {
        return explain(decoder.decode(image, "the stream"));
    }

    /** Classifies an AWT image and explains the result by attention maps. */
    public Explanation explain(BufferedImage image) {
        return explain(RgbImage.from(image));
    }

    /** Classifies an OpenCV matrix and explains the result by attention maps. */
    public Explanation explain(Mat image) {
        return explain(RgbImage.from(image));
    }

    /** Classifies an image and explains the result by attention maps. */
    public Explanation explain(RgbImage image) {
        Map<String, Tensor> outputs = run(1, EnumSet.of(Extra.ATTENTIONS), processor.prepare(image));
        List<Tensor> attentions = config.attentions(outputs);
        Classification classification =
                result(outputs.get(ClassifierConfig.LOGITS).toFloats());
        double[] reading = config.poolingWeights(outputs);
        UnaryOperator<Tensor> onImage = map -> config.onImage(map, outputs);
        InputGeometry shown = config.gridGeometry(processor.geometry(image));
        return new Explanation(classification, config, reading, attentions, onImage, image, shown);
    }

    /**
     * All intermediate results for an image: {@code pixel_values}, {@code logits}, and all of {@link Extra}.
     *
     * @return results by name, with a batch of one
     */
    public Map<String, Tensor> dump(RgbImage image) {
        Tensor pixels = processor.prepare(image);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(ClassifierConfig.PIXELS, pixels);
        out.putAll(run(1, EnumSet.allOf(Extra.class), pixels));
        return out;
    }

    private Classification result(float[] logits) {
        return Classification.of(logits, model.labels(), options.topK());
    }

    /** Frees native memory once running calls have ended; closing again does nothing. */
    @Override
    public void close() {
        try {
            programs.close();
        } finally {
            model.close();
        }
    }

    private record ProgramKey(int batch, Set<Extra> extras) {}
}
