package org.fovea.segmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.hub.PretrainedSam;
import org.fovea.segmentation.model.Sam;
import org.fovea.segmentation.model.SamEncoder;

/**
 * Cuts out of an image what a point or a box asks for, with a SAM checkpoint as the hub publishes it. The image is embedded once, which
 * takes its time; each prompt after that is fast. Thread-safe.
 *
 * <pre>{@code
 * try (PromptSegmenter segmenter = PromptSegmenter.load(Path.of("sam-vit-base"));
 *         ImageEmbedding embedding = segmenter.embed(Path.of("desk.jpg"))) {
 *     PredictedMask cup = segmenter.masks(embedding, Prompt.at(480, 310)).best();
 *     System.out.println(cup.mask().area() + " pixels, predicted IoU " + cup.predictedIou());
 *     segmenter.everything(embedding).forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>It holds native memory until it is closed; afterwards every call that computes throws {@link IllegalStateException}.
 *
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023</a>
 */
public final class PromptSegmenter implements AutoCloseable {
    private static final String PIXELS = Sam.PIXELS;
    private static final double STABILITY_OFFSET = 1;

    private final PretrainedSam pretrained;
    private final Sam model;
    private final ImageProcessor processor;
    private final PromptSegmenterOptions options;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final ProgramCache<String> encoder;
    private final PromptDecoder prompts;

    private PromptSegmenter(PretrainedSam pretrained, ImageProcessor processor, PromptSegmenterOptions options) {
        this.pretrained = pretrained;
        this.model = pretrained.model();
        this.processor = processor;
        this.options = options;
        this.encoder = new ProgramCache<>("PromptSegmenter", input -> options.backend()
                .compile(model.embedding(), pretrained.parameters(), options.precision()));
        this.prompts = new PromptDecoder(model, model.prepared(pretrained.parameters()), options);
    }

    /** Loads a checkpoint directory with {@link PromptSegmenterOptions#defaults}; see {@link #load(Path, PromptSegmenterOptions)}. */
    public static PromptSegmenter load(Path directory) {
        return load(directory, PromptSegmenterOptions.defaults());
    }

    /**
     * Loads a checkpoint directory of SAM.
     *
     * @param directory holds {@code config.json}, {@code preprocessor_config.json} and the weights
     * @throws ModelFormatException when a file is missing or wrong; the message says how to fix it
     */
    public static PromptSegmenter load(Path directory, PromptSegmenterOptions options) {
        PretrainedSam model = PretrainedSam.open(directory);
        try {
            SamEncoder encoder = model.model().encoder();
            ImageProcessor processor =
                    ImageProcessor.load(directory, encoder.channels(), encoder.imageHeight(), encoder.imageWidth());
            return new PromptSegmenter(model, processor, options);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** Model of this segmenter. */
    public Sam model() {
        return model;
    }

    /** Preprocessing that turns an image into the model's input. */
    public ImageProcessor processor() {
        return processor;
    }

    /** Options that this segmenter was loaded with. */
    public PromptSegmenterOptions options() {
        return options;
    }

    /**
     * Embeds an image file.
     *
     * @throws ImageException when it cannot be read or is truncated
     * @throws IllegalStateException after {@link #close}
     */
    public ImageEmbedding embed(Path image) {
        return embed(decoder.decode(image));
    }

    /** Embeds an image; the caller closes the result. */
    public ImageEmbedding embed(RgbImage image) {
        return new ImageEmbedding(this, frame(image), tokens(processor.prepare(image)));
    }

    private Tensor tokens(Tensor pixels) {
        return encoder.get(PIXELS).run(Map.of(PIXELS, pixels)).get(Sam.TOKENS);
    }

    private MaskFrame frame(RgbImage image) {
        InputGeometry seen = processor.geometry(image);
        return new MaskFrame(
                model.prompts().maskPixels(),
                processor.width(),
                (int) Math.round(processor.height() * (image.height() / seen.bottom())),
                (int) Math.round(processor.width() * (image.width() / seen.right())),
                image.height(),
                image.width());
    }

    /**
     * Predicts the masks of a prompt.
     *
     * @throws IllegalArgumentException when a point of the prompt lies outside the image, or its earlier mask is from another
     *     model
     * @throws IllegalStateException after {@link #close} of this or the embedding
     */
    public PromptMasks masks(ImageEmbedding embedding, Prompt prompt) {
        return masks(embedding, List.of(prompt)).get(0);
    }

    /**
     * Checks prompts against an image before it is embedded.
     *
     * @throws IllegalArgumentException when a point lies outside it, as {@link #masks(ImageEmbedding, Prompt)} would report
     */
    public void check(RgbImage image, List<Prompt> wanted) {
        wanted.forEach(prompt -> prompt.check(image.height(), image.width()));
    }

    /**
     * Predicts the masks of several prompts, in batches of {@link PromptSegmenterOptions#batch} of the same form; results are
     * in the prompts' order.
     */
    public List<PromptMasks> masks(ImageEmbedding embedding, List<Prompt> wanted) {
        Tensor tokens = embedding.tokens(this);
        MaskFrame frame = embedding.frame();
        wanted.forEach(prompt -> prompt.check(frame.height(), frame.width()));
        MaskMaker maker = new MaskMaker(frame, STABILITY_OFFSET);
        return prompts.decode(wanted, frame, tokens).stream()
                .map(decoded -> masks(maker, decoded))
                .toList();
    }

    private static PromptMasks masks(MaskMaker maker, Decoded decoded) {
        return new PromptMasks(IntStream.range(0, decoded.scores().length)
                .mapToObj(i -> maker.predicted(decoded, i))
                .toList());
    }

    /** Finds all objects with {@link EverythingOptions#defaults}; see {@link #everything(RgbImage, EverythingOptions)}. */
    public List<PredictedMask> everything(ImageEmbedding embedding) {
        return everything(embedding, EverythingOptions.defaults());
    }

    /**
     * Finds all objects of an embedded image.
     *
     * @throws IllegalArgumentException when the options have crops, which need the image itself
     */
    public List<PredictedMask> everything(ImageEmbedding embedding, EverythingOptions wanted) {
        if (wanted.crops().layers() > 0) {
            throw new IllegalArgumentException("PromptSegmenter: crops need the image, got an embedding and "
                    + wanted.crops() + "; call everything with the image");
        }
        return new Everything(this, wanted).of(embedding);
    }

    /**
     * Finds all objects of an image: prompts the model at each point of a grid and keeps the masks that have a high predicted
     * quality, depend little on the threshold, and do not nearly coincide with better ones. The best come first.
     */
    public List<PredictedMask> everything(RgbImage image, EverythingOptions wanted) {
        return new Everything(this, wanted).of(image);
    }

    /** Predicted masks for prompts that were checked already. */
    List<Decoded> decode(ImageEmbedding embedding, List<Prompt> wanted) {
        return prompts.decode(wanted, embedding.frame(), embedding.tokens(this));
    }

    /** Predicts the masks of a prompt and explains them by attention maps. */
    public PromptExplanation explain(RgbImage image, Prompt prompt) {
        MaskFrame frame = frame(image);
        prompt.check(frame.height(), frame.width());
        Map<String, Tensor> out = prompts.decode(prompt, frame, tokens(processor.prepare(image)), true);
        PromptMasks masks = masks(
                new MaskMaker(frame, STABILITY_OFFSET), PromptDecoder.split(out).get(0));
        return new PromptExplanation(
                masks, out.get(Sam.ATTENTION), model.encoder().side(), image, processor.geometry(image));
    }

    /**
     * All results for an image and a prompt, under the reference's names: {@code pixel_values}, {@code image_embeddings},
     * {@code pred_masks}, {@code iou_scores}, and {@code masks} at the image's size, 1 inside.
     */
    public Map<String, Tensor> dump(RgbImage image, Prompt prompt) {
        MaskFrame frame = frame(image);
        prompt.check(frame.height(), frame.width());
        Tensor pixels = processor.prepare(image);
        Tensor tokens = tokens(pixels);
        Map<String, Tensor> decoded = prompts.decode(prompt, frame, tokens, false);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(PIXELS, pixels);
        out.put("image_embeddings", featureMap(tokens));
        for (String name : List.of(Sam.MASKS, Sam.SCORES)) {
            List<Integer> sizes = new ArrayList<>(List.of(1));
            for (int size : decoded.get(name).shape().toArray()) {
                sizes.add(size);
            }
            out.put(
                    name,
                    decoded.get(name)
                            .reshape(sizes.stream().mapToInt(size -> size).toArray()));
        }
        out.put(
                "masks",
                pixels(masks(
                        new MaskMaker(frame, STABILITY_OFFSET),
                        PromptDecoder.split(decoded).get(0))));
        return out;
    }

    /** Masks of a prompt as a tensor {@code [1, masks, H, W]}. */
    private static Tensor pixels(PromptMasks masks) {
        BinaryMask first = masks.all().get(0).mask();
        Shape shape = Shape.of(1, masks.all().size(), first.height(), first.width());
        Tensor out = Tensor.zeros(DType.U8, shape);
        var target = out.buffer();
        masks.all().forEach(mask -> target.put(mask.mask().toBytes()));
        return out;
    }

    /** Reshapes tokens {@code [1, N, C]} to a feature map {@code [1, C, H, W]}. */
    private Tensor featureMap(Tensor tokens) {
        int places = tokens.shape().dim(1);
        int channels = tokens.shape().dim(2);
        float[] from = tokens.toFloats();
        float[] out = new float[from.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from[i % places * channels + i / places];
        }
        int side = model.encoder().side();
        return Tensor.of(out, 1, channels, side, side);
    }

    /** Frees native memory once running calls have ended; closing again does nothing. */
    @Override
    public void close() {
        try {
            encoder.close();
        } finally {
            try {
                prompts.close();
            } finally {
                pretrained.close();
            }
        }
    }
}
