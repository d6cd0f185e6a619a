package org.fovea.vit;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
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
    private final Programs programs;

    private ImageClassifier(
            PretrainedModel model, ClassifierConfig config, ImageProcessor processor, ClassifierOptions options) {
        this.model = model;
        this.config = config;
        this.processor = processor;
        this.options = options;
        WeightSource parameters = model.config().inferenceParameters(model.parameters(), config);
        this.programs = new Programs(config, parameters, options);
    }

    /** Loads a checkpoint directory with {@link ClassifierOptions#defaults}; see {@link #load(Path, ClassifierOptions)}. */
    public static ImageClassifier load(Path directory) {
        return load(directory, ClassifierOptions.defaults());
    }

    /**
     * Loads a checkpoint directory of Hugging Face transformers (ViT, DeiT, DINOv2) or timm (their vision transformers), or a
     * compact transformer saved here.
     *
     * @param directory holds {@code config.json}, {@code preprocessor_config.json} (not timm's) and the weights in
     *     safetensors format
     * @throws ModelFormatException when a file is missing or wrong; the text says what to do
     * @throws IllegalArgumentException when the image size of the options does not suit the model
     */
    public static ImageClassifier load(Path directory, ClassifierOptions options) {
        PretrainedModel model = PretrainedModel.open(directory);
        try {
            ImageProcessor processor = ImageProcessor.load(directory);
            boolean own = options.imagePixels() == ClassifierOptions.CHECKPOINT_PIXELS;
            ImageProcessor sized = own ? processor : processor.withImageSize(options.imagePixels());
            return new ImageClassifier(model, sized(directory, model.config(), sized, own), sized, options);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The configuration for what the processor makes. */
    private static ClassifierConfig sized(
            Path directory, ClassifierConfig stored, ImageProcessor processor, boolean own) {
        if (processor.channels() != stored.channels()) {
            throw new ModelFormatException(directory + ": preprocessing and model must agree on the image's channels,"
                    + " got " + processor.channels() + " and " + stored.channels()
                    + ". Check that config.json and preprocessor_config.json come from the same model.");
        }
        try {
            return stored.withImage(processor.height(), processor.width());
        } catch (IllegalArgumentException e) {
            if (own) {
                throw new ModelFormatException(
                        directory + ": preprocessing must make images that the model takes, got " + e.getMessage()
                                + ". Give an image size that is a multiple of the patch.",
                        e);
            }
            throw e;
        }
    }

    /** The model's shape, for the image size in use. */
    public ClassifierConfig config() {
        return config;
    }

    /** The class names by index. */
    public List<String> labels() {
        return model.labels();
    }

    /** What is done to an image before the model sees it. */
    public ImageProcessor processor() {
        return processor;
    }

    /** The options it was loaded with. */
    public ClassifierOptions options() {
        return options;
    }

    /**
     * Classifies an image file.
     *
     * @throws org.fovea.core.image.ImageException when it cannot be read or is no whole image
     * @throws IllegalStateException after {@link #close}
     */
    public Classification classify(Path image) {
        return classify(decoder.decode(image));
    }

    /** Classifies the image file that a stream still holds; the stream stays the caller's to close. */
    public Classification classify(InputStream image) {
        return classify(decoder.decode(image, "the stream"));
    }

    /** Classifies an AWT image. */
    public Classification classify(BufferedImage image) {
        return classify(RgbImage.from(image));
    }

    /** Classifies an OpenCV matrix: grey, BGR or BGRA, 8 or 16 bits. */
    public Classification classify(Mat image) {
        return classify(RgbImage.from(image));
    }

    /** Classifies an image. */
    public Classification classify(RgbImage image) {
        return classifyAll(List.of(image)).get(0);
    }

    /** Classifies image files, some at once; the results have their order. See {@link #classify(Path)}. */
    public List<Classification> classifyFiles(List<Path> images) {
        List<Classification> out = new ArrayList<>();
        for (int from = 0; from < images.size(); from += options.batch()) {
            int to = Math.min(images.size(), from + options.batch());
            out.addAll(classifyAll(
                    images.subList(from, to).stream().map(decoder::decode).toList()));
        }
        return out;
    }

    /**
     * Classifies images, {@link ClassifierOptions#batch} at once; the results have their order. A rest of more than half a
     * batch is filled up, a smaller one goes image by image.
     */
    public List<Classification> classifyAll(List<RgbImage> images) {
        List<Classification> out = new ArrayList<>();
        int at = 0;
        while (at < images.size()) {
            int left = images.size() - at;
            int batch = 2 * left > options.batch() ? options.batch() : 1;
            List<RgbImage> some = images.subList(at, at + Math.min(left, batch));
            out.addAll(classifications(logits(pixels(some, batch))).subList(0, some.size()));
            at += some.size();
        }
        return out;
    }

    /**
     * Runs the model alone.
     *
     * @param pixels {@code [B, C, H, W]}, float32, as {@link #processor} makes them; a program is kept for each B
     * @return {@code [B, classes]}
     */
    public Tensor logits(Tensor pixels) {
        int batch = pixels.shape().rank() == 4 ? Math.max(1, pixels.shape().dim(0)) : 1;
        return programs.get(batch, Set.of())
                .run(Map.of(ClassifierConfig.PIXELS, pixels))
                .get(ClassifierConfig.LOGITS);
    }

    /**
     * Reads what the model computed.
     *
     * @param logits {@code [B, classes]}, from {@link #logits} or {@link #dump}
     * @return one per row
     */
    public List<Classification> classifications(Tensor logits) {
        float[] all = logits.toFloats();
        int classes = config.classes();
        return IntStream.range(0, all.length / classes)
                .mapToObj(i -> result(Arrays.copyOfRange(all, i * classes, (i + 1) * classes)))
                .toList();
    }

    /**
     * Compiles the program for a batch now, beside what else a start has to do, rather than when it is first needed.
     *
     * @param batch images at once, at least 1
     */
    public void prepare(int batch) {
        programs.get(batch, Set.of());
    }

    /** Classifies an image file and says where the model looked; see {@link #classify(Path)}. */
    public Explanation explain(Path image) {
        return explain(decoder.decode(image));
    }

    /** Classifies the image file that a stream still holds and says where the model looked. */
    public Explanation explain(InputStream image) {
        return explain(decoder.decode(image, "the stream"));
    }

    /** Classifies an AWT image and says where the model looked. */
    public Explanation explain(BufferedImage image) {
        return explain(RgbImage.from(image));
    }

    /** Classifies an OpenCV matrix and says where the model looked. */
    public Explanation explain(Mat image) {
        return explain(RgbImage.from(image));
    }

    /** Classifies an image and says where the model looked. */
    public Explanation explain(RgbImage image) {
        Map<String, Tensor> outputs = programs.get(1, EnumSet.of(Extra.ATTENTIONS))
                .run(Map.of(ClassifierConfig.PIXELS, processor.process(image)));
        List<Tensor> attentions = IntStream.range(0, config.depth())
                .mapToObj(i -> outputs.get("attentions." + i))
                .toList();
        Classification classification =
                result(outputs.get(ClassifierConfig.LOGITS).toFloats());
        double[] reading = config.poolingWeights(outputs);
        return new Explanation(classification, config, reading, attentions, image, processor.geometry(image));
    }

    /**
     * Everything the model computes of an image: {@code pixel_values}, {@code logits}, and all of {@link Extra}.
     *
     * @return by name; a batch of one
     */
    public Map<String, Tensor> dump(RgbImage image) {
        Tensor pixels = processor.process(image);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(ClassifierConfig.PIXELS, pixels);
        out.putAll(programs.get(1, EnumSet.allOf(Extra.class)).run(Map.of(ClassifierConfig.PIXELS, pixels)));
        return out;
    }

    private Classification result(float[] logits) {
        return Classification.of(logits, model.labels(), options.topK());
    }

    /** {@code [batch, C, H, W]}, zeros after the images there are. */
    private Tensor pixels(List<RgbImage> images, int batch) {
        Tensor out =
                Tensor.zeros(DType.F32, Shape.of(batch, processor.channels(), processor.height(), processor.width()));
        FloatBuffer target = out.buffer().asFloatBuffer();
        images.forEach(image -> processor.processInto(image, target));
        return out;
    }

    /** Frees native memory, after the calls under way have ended; closing again does nothing. */
    @Override
    public void close() {
        programs.close();
        model.close();
    }
}
