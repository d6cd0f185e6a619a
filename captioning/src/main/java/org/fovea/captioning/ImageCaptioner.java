package org.fovea.captioning;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Program;
import org.fovea.core.data.BatchModel;
import org.fovea.core.data.ImageBatches;
import org.fovea.core.data.Outcome;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.TextGeneration;
import org.fovea.core.generate.TextGenerator;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.vit.ShippedModels;

/**
 * Describes images in words with a checkpoint as the hubs publish it. Thread-safe.
 *
 * <pre>{@code
 * try (ImageCaptioner captioner = ImageCaptioner.load(Path.of("blip-image-captioning-base"))) {
 *     System.out.println(captioner.caption(Path.of("photo.jpg")).best().text());
 *     CaptionRequest three = captioner.request().with(o -> o.withBeams(5).withSequences(3).withMaxNewTokens(30));
 *     captioner.caption(Path.of("photo.jpg"), three).all().forEach(c -> System.out.println(c.text()));
 *     captioner.explain(Path.of("photo.jpg")).draw().writePng(Path.of("photo-words.png"));
 * }
 * }</pre>
 *
 * <p>It holds native memory until it is closed; afterwards every call that computes throws {@link IllegalStateException}.
 * Programs are compiled when they are first needed, for each batch, number of beams and range of lengths.
 */
public final class ImageCaptioner implements AutoCloseable {
    private static final Function<DecoderSession, TokenListener> NOBODY = session -> TokenListener.NONE;

    private final PretrainedCaptioner pretrained;
    private final CaptionerModel model;
    private final ImageProcessor processor;
    private final Tokenizer tokenizer;
    private final CaptionerOptions options;
    private final CaptionText text;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final CachedDecoder programs;

    private ImageCaptioner(
            PretrainedCaptioner pretrained, ImageProcessor processor, Tokenizer tokenizer, CaptionerOptions options) {
        this.pretrained = pretrained;
        this.model = pretrained.model();
        this.processor = processor;
        this.tokenizer = tokenizer;
        this.options = options;
        this.text = new CaptionText(tokenizer);
        this.programs = new CachedDecoder(
                "ImageCaptioner",
                model,
                options.backend(),
                pretrained.parameters(),
                options.precision(),
                options.decoderWeights());
    }

    /**
     * Loads a captioner that comes with this library, with {@link CaptionerOptions#defaults}.
     *
     * @param name one of {@link ShippedModels#names} that is a captioner, such as {@code scenes-captioner}
     * @throws IllegalArgumentException when there is no such model, and the message lists the available ones
     * @throws ModelFormatException when the model is not a captioner
     */
    public static ImageCaptioner shipped(String name) {
        return load(ShippedModels.directory(name));
    }

    /** Loads a checkpoint directory with {@link CaptionerOptions#defaults}; see {@link #load(Path, CaptionerOptions)}. */
    public static ImageCaptioner load(Path directory) {
        return load(directory, CaptionerOptions.defaults());
    }

    /**
     * Loads a checkpoint directory of BLIP, GIT, an encoder-decoder with GPT-2, or a captioner that was trained here.
     *
     * @param directory holds {@code config.json}, {@code preprocessor_config.json}, the tokenizer's files and the weights
     * @throws ModelFormatException when a file is missing or wrong; the message says how to fix it
     */
    public static ImageCaptioner load(Path directory, CaptionerOptions options) {
        PretrainedCaptioner model = PretrainedCaptioner.open(directory);
        Tokenizer tokenizer = null;
        try {
            VisionEncoder encoder = model.model().encoder();
            ImageProcessor processor =
                    ImageProcessor.load(directory, encoder.channels(), encoder.imageHeight(), encoder.imageWidth());
            tokenizer = Tokenizer.load(directory, model.model().vocabulary());
            return new ImageCaptioner(model, processor, tokenizer, options);
        } catch (RuntimeException | Error e) {
            if (tokenizer != null) {
                tokenizer.close();
            }
            model.close();
            throw e;
        }
    }

    /** Model of this captioner. */
    public CaptionerModel model() {
        return model;
    }

    /** Preprocessing that turns an image into the model's input. */
    public ImageProcessor processor() {
        return processor;
    }

    /** Tokenizer of the captions. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Options that this captioner was loaded with. */
    public CaptionerOptions options() {
        return options;
    }

    /** Default request: the checkpoint's own generation options, without a prompt. */
    public CaptionRequest request() {
        return new CaptionRequest("", pretrained.options());
    }

    /**
     * Describes an image file.
     *
     * @throws ImageException when it cannot be read or is truncated
     * @throws IllegalStateException after {@link #close}
     */
    public Captions caption(Path image) {
        return caption(image, request());
    }

    /** Describes an image file. */
    public Captions caption(Path image, CaptionRequest request) {
        return caption(decoder.decode(image), request);
    }

    /** Describes the image file that a stream holds from its current position on; the caller closes the stream. */
    public Captions caption(InputStream image, CaptionRequest request) {
        return caption(decoder.decode(image, "the stream"), request);
    }

    /** Describes an AWT image. */
    public Captions caption(BufferedImage image, CaptionRequest request) {
        return caption(RgbImage.from(image), request);
    }

    /**
     * Describes an image.
     *
     * @throws IllegalArgumentException when the prompt or the lengths of the request exceed what the model supports
     */
    public Captions caption(RgbImage image, CaptionRequest request) {
        return captionAll(List.of(image), request).get(0);
    }

    /** Describes an image and reports each token as it is generated. */
    public Captions caption(RgbImage image, CaptionRequest request, TokenListener listener) {
        return captions(generate(processor.prepare(image), 1, request, false, session -> listener))
                .get(0);
    }

    /** Describes an image and reports each word of the first caption as it is generated. */
    public Captions caption(RgbImage image, CaptionRequest request, WordListener listener) {
        return captions(told(image, request, false, listener)).get(0);
    }

    /**
     * Describes images that are preprocessed already, computed as one batch.
     *
     * @param pixels input of each image, {@code [1, C, H, W]}, as {@link #processor} makes it
     * @param rows batch size, at least the number of images; a compiled program is kept for each size
     */
    public List<Captions> captionPrepared(List<Tensor> pixels, int rows, CaptionRequest request) {
        return new Described(request).compute(pixels, rows);
    }

    /**
     * Describes images, {@link CaptionerOptions#batch} at a time; results are in the images' order. A last batch that is more
     * than half full is padded; the images of a smaller one are computed one by one.
     */
    public List<Captions> captionAll(List<RgbImage> images, CaptionRequest request) {
        return batches(request, options.batch()).all(images);
    }

    /**
     * Describes image files in batches and passes each outcome to a consumer as soon as it is available, in the files' order.
     * Other threads decode the next files meanwhile; the number of images in memory is bounded.
     *
     * @param results called on this thread; an exception that it throws ends the run
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public void captionFiles(
            Iterable<Path> images, CaptionRequest request, Consumer<? super Outcome<Path, Captions>> results) {
        batches(request, options.batch()).files(images, results);
    }

    /** Describes image files; outcomes are in the files' order, and that of an unreadable file holds the failure. */
    public List<Outcome<Path, Captions>> captionFiles(List<Path> images, CaptionRequest request) {
        return batches(request, options.batch()).files(images);
    }

    /**
     * Describes images decoded from any kind of input, like {@link #captionFiles}. All batches have the same size, the last one
     * padded, so that one compiled program serves all.
     *
     * @param decode decodes one input; called on several threads. An {@link ImageException} that it throws becomes the outcome
     *     of that image
     * @param batch images computed together, at least 1
     */
    public <I> void captionAll(
            Iterable<? extends I> images,
            Function<? super I, RgbImage> decode,
            int batch,
            CaptionRequest request,
            Consumer<? super Outcome<I, Captions>> results) {
        batches(request, batch).run(images, decode, results);
    }

    private ImageBatches<Tensor, Captions> batches(CaptionRequest request, int batch) {
        return ImageBatches.of(new Described(request), batch).filled();
    }

    /** The model with a request. */
    private final class Described implements BatchModel<Tensor, Captions> {
        private final CaptionRequest request;

        Described(CaptionRequest request) {
            this.request = request;
        }

        @Override
        public Tensor prepare(RgbImage image) {
            return processor.prepare(image);
        }

        @Override
        public List<Captions> compute(List<Tensor> images, int rows) {
            Tensor pixels = Tensor.stack(images, rows);
            return captions(generate(pixels, rows, request, false, NOBODY)).subList(0, images.size());
        }
    }

    /** Describes an image file and explains each word by an attention map. */
    public CaptionExplanation explain(Path image) {
        return explain(decoder.decode(image), request());
    }

    /** Describes an image and explains each word of the first caption by an attention map. */
    public CaptionExplanation explain(RgbImage image, CaptionRequest request) {
        return explanation(image, generate(processor.prepare(image), 1, request, true, NOBODY));
    }

    /**
     * Describes an image, explains each word of the first caption by an attention map, and reports the words as they are
     * generated.
     */
    public CaptionExplanation explain(RgbImage image, CaptionRequest request, WordListener listener) {
        return explanation(image, told(image, request, true, listener));
    }

    private CaptionExplanation explanation(RgbImage image, List<List<TextGeneration>> texts) {
        return explanation(image, captions(texts).get(0), texts.get(0).get(0).attention());
    }

    private CaptionExplanation explanation(RgbImage image, Captions captions, List<Tensor> attention) {
        return new CaptionExplanation(captions, model, attention, image, processor.geometry(image));
    }

    private List<List<TextGeneration>> told(
            RgbImage image, CaptionRequest request, boolean attention, WordListener listener) {
        WordStream words =
                new WordStream(text, prompt(request), listener, (captions, maps) -> explanation(image, captions, maps));
        boolean ranked = request.options().search().beams() > 1; // complete only at the end
        List<List<TextGeneration>> texts =
                generate(processor.prepare(image), 1, request, attention, ranked ? NOBODY : words::listener);
        words.end(texts.get(0).get(0));
        return texts;
    }

    /** Describes and explains images one by one, otherwise like {@link #captionFiles}. */
    public <I> void explainAll(
            Iterable<? extends I> images,
            Function<? super I, RgbImage> decode,
            CaptionRequest request,
            Consumer<? super Outcome<I, CaptionExplanation>> results) {
        ImageBatches.singly(images, decode, image -> explain(image, request), results);
    }

    private List<Captions> captions(List<List<TextGeneration>> generated) {
        return generated.stream()
                .map(texts -> new Captions(texts.stream().map(text::caption).toList()))
                .toList();
    }

    /**
     * Generates texts from preprocessed images.
     *
     * @param pixels {@code [B, C, H, W]}, float32, as {@link #processor} makes them
     * @return texts of each image, in the images' order
     */
    public List<List<TextGeneration>> generate(Tensor pixels, CaptionRequest request) {
        return generate(pixels, pixels.shape().dim(0), request, false, NOBODY);
    }

    /**
     * Checks that a request fits the model.
     *
     * @throws IllegalArgumentException when its prompt or lengths exceed what the model supports, as {@link #caption(RgbImage,
     *     CaptionRequest)} would report
     */
    public void check(CaptionRequest request) {
        new TextGenerator(request.options()).check(prompt(request), model);
    }

    private List<List<TextGeneration>> generate(
            Tensor pixels,
            int images,
            CaptionRequest request,
            boolean attention,
            Function<DecoderSession, TokenListener> listener) {
        TextGenerator generator = new TextGenerator(request.options());
        int[] prompt = prompt(request);
        generator.check(prompt, model);
        int longest = request.options().lengths().maxLength(prompt.length);
        Map<String, Tensor> inputs = Map.of(CaptionerModel.PIXELS, pixels);
        try (DecoderSession session = programs.start(inputs, images, generator.rowsPerImage(), longest, attention)) {
            return generator.generate(session, images, prompt, listener.apply(session));
        }
    }

    /** Token ids that every caption starts with: the first token and those of the prompt. */
    private int[] prompt(CaptionRequest request) {
        int first = request.options().tokens().first();
        int[] words = request.prompt().isEmpty() ? new int[0] : tokenizer.encodePlain(request.prompt());
        if (first < 0) {
            return words;
        }
        int[] out = new int[words.length + 1];
        out[0] = first;
        System.arraycopy(words, 0, out, 1, words.length);
        return out;
    }

    /**
     * Every intermediate result for an image, under the reference's names: {@code pixel_values}, {@code sequences} of all
     * captions, after beam search also their {@code sequences_scores}; and from one pass over the first caption without its
     * last token (the {@code decoder_input_ids}) {@code logits} and every intermediate, in {@link CaptionerOptions#precision}.
     */
    public Map<String, Tensor> dump(RgbImage image, CaptionRequest request) {
        Tensor pixels = processor.prepare(image);
        List<TextGeneration> texts = generate(pixels, request).get(0);
        int[] ids = texts.get(0).ids();
        Tensor read = Tensor.of(Arrays.copyOf(ids, ids.length - 1), 1, ids.length - 1);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(CaptionerModel.PIXELS, pixels);
        out.put("sequences", TextGeneration.sequences(texts, request.options().filling()));
        if (request.options().search().beams() > 1) {
            double[] scores = texts.stream().mapToDouble(TextGeneration::score).toArray();
            out.put("sequences_scores", Tensor.of(scores, scores.length));
        }
        out.put(CaptionerModel.DECODER_IDS, read);
        try (Program program = options.backend()
                .compile(model.teacherForced(1, ids.length - 1), pretrained.parameters(), options.precision())) {
            out.putAll(program.run(Map.of(CaptionerModel.PIXELS, pixels, CaptionerModel.DECODER_IDS, read)));
        }
        return out;
    }

    /** Frees native memory once running calls have ended; closing again does nothing. */
    @Override
    public void close() {
        try {
            programs.close();
        } finally {
            try {
                tokenizer.close();
            } finally {
                pretrained.close();
            }
        }
    }
}
