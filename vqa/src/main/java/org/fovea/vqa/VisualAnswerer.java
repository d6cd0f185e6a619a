package org.fovea.vqa;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fovea.core.data.OrderedPipeline;
import org.fovea.core.data.Outcome;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.vit.ShippedModels;
import org.fovea.vqa.hub.AnswererSpec;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.ClosedAnswerer;
import org.fovea.vqa.model.GenerativeAnswerer;

/**
 * Answers questions about images with a checkpoint as the hubs publish it. Thread-safe.
 *
 * <pre>{@code
 * try (VisualAnswerer answerer = VisualAnswerer.load(Path.of("vilt-b32-finetuned-vqa"))) {
 *     System.out.println(answerer.ask(Path.of("photo.jpg"), "how many cats are there?").best().text());
 *     EmbeddedImage photo = answerer.embed(ImageDecoder.create().decode(Path.of("photo.jpg"))); // looked at once
 *     answerer.ask(photo, List.of("what animal is it?", "is it asleep?"), AnswerRequest.best().withTop(5));
 *     answerer.explain(photo, "what animal is it?").draw().writePng(Path.of("photo-gaze.png"));
 * }
 * }</pre>
 *
 * <p>It holds native memory until it is closed; afterwards every call that computes throws {@link IllegalStateException}.
 * Programs are compiled when they are first needed, for each batch, size of image and range of lengths; those that were used last are
 * kept.
 */
public final class VisualAnswerer implements AutoCloseable {
    static final String NAME = "VisualAnswerer";
    /** Maximum number of programs kept for a stage: sizes of images times lengths of questions have no limit. */
    static final int MOST_PROGRAMS = 64;

    private final PretrainedAnswerer pretrained;
    private final AnswererModel model;
    private final ImageProcessor processor;
    private final Tokenizer tokenizer;
    private final AnswererOptions options;
    private final QuestionReader reader;
    private final Answering answering;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final ProgramCache<Look> looks;

    private record Look(int images, int height, int width) {}

    /** Images that are ready to be looked at, and what is asked about them. */
    private record Prepared(List<RgbImage> images, List<Tensor> pixels, List<String> questions) {}

    private VisualAnswerer(
            PretrainedAnswerer pretrained, ImageProcessor processor, Tokenizer tokenizer, AnswererOptions options) {
        this.pretrained = pretrained;
        this.model = pretrained.spec().model();
        this.processor = processor;
        this.tokenizer = tokenizer;
        this.options = options;
        this.reader = new QuestionReader(tokenizer, model.positions());
        this.looks = new ProgramCache<>(NAME, MOST_PROGRAMS, look -> options.backend()
                .compile(
                        model.look(look.images(), look.height(), look.width()),
                        pretrained.parameters(),
                        options.precision()));
        this.answering = model instanceof ClosedAnswerer closed
                ? new ScoredAnswers(closed, pretrained, options)
                : new WrittenAnswers((GenerativeAnswerer) model, pretrained, tokenizer, options);
    }

    /**
     * Loads a model that comes with this library.
     *
     * @param name one of {@link ShippedModels#names} that answers questions, such as {@code scenes-answerer}
     * @throws IllegalArgumentException when there is no such model
     * @throws org.fovea.core.ModelFormatException when the model does not answer questions
     */
    public static VisualAnswerer shipped(String name) {
        return load(ShippedModels.directory(name));
    }

    /** Loads a checkpoint directory with {@link AnswererOptions#defaults}; see {@link #load(Path, AnswererOptions)}. */
    public static VisualAnswerer load(Path directory) {
        return load(directory, AnswererOptions.defaults());
    }

    /**
     * Loads a checkpoint directory of ViLT, BLIP, or a model that was trained here.
     *
     * @param directory holds {@code config.json}, {@code preprocessor_config.json}, the tokenizer's files and the weights
     * @throws org.fovea.core.ModelFormatException when a file is missing or wrong; the message says how to fix it
     */
    public static VisualAnswerer load(Path directory, AnswererOptions options) {
        PretrainedAnswerer pretrained = PretrainedAnswerer.open(directory);
        Tokenizer tokenizer = null;
        try {
            AnswererModel model = pretrained.spec().model();
            ImageProcessor processor = model.takesAnySize()
                    ? ImageProcessor.loadAnySize(directory)
                    : ImageProcessor.load(directory, model.channels(), model.imageHeight(), model.imageWidth());
            tokenizer = Tokenizer.load(directory, model.vocabulary());
            return new VisualAnswerer(pretrained, processor, tokenizer, options);
        } catch (RuntimeException | Error e) {
            if (tokenizer != null) {
                tokenizer.close();
            }
            pretrained.close();
            throw e;
        }
    }

    /** Specification: the model with its answers, and the function from scores to probabilities. */
    public AnswererSpec spec() {
        return pretrained.spec();
    }

    /** Preprocessing that turns an image into the model's input. */
    public ImageProcessor processor() {
        return processor;
    }

    /** Tokenizer of questions and answers. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Options that this answerer was loaded with. */
    public AnswererOptions options() {
        return options;
    }

    /**
     * Checks a question.
     *
     * @throws IllegalArgumentException when it is empty, or longer than the model's positions
     */
    public void check(String question) {
        reader.ids(question);
    }

    /**
     * Checks a request.
     *
     * @throws IllegalArgumentException when a candidate is not among the answers of a model that scores a list, or a model that
     *     generates answers cannot generate as many or one of them
     */
    public void check(AnswerRequest request) {
        answering.check(request);
    }

    /**
     * Encodes an image, which can then be asked about any number of times.
     *
     * @param images images of a question: one for most models, two for those that compare images
     * @throws ImageException when the image cannot be preprocessed, such as one that is far longer than wide
     * @throws IllegalArgumentException when the number of images is not the model's
     * @throws IllegalStateException after {@link #close}
     */
    public EmbeddedImage embed(RgbImage... images) {
        return embed(prepare(List.of(images), List.of()));
    }

    private Prepared prepare(List<RgbImage> images, List<String> questions) {
        if (images.size() != model.images()) {
            throw new IllegalArgumentException(NAME + ": a question must be about " + model.images()
                    + " images for this model, got " + images.size());
        }
        return new Prepared(images, images.stream().map(processor::prepare).toList(), questions);
    }

    private EmbeddedImage embed(Prepared prepared) {
        List<Tensor> tokens = new ArrayList<>();
        for (Tensor pixels : prepared.pixels()) {
            tokens.add(look(pixels));
        }
        return embedded(prepared, tokens);
    }

    private EmbeddedImage embedded(Prepared prepared, List<Tensor> tokens) {
        RgbImage first = prepared.images().get(0);
        int[] size = prepared.pixels().get(0).shape().toArray();
        return new EmbeddedImage(this, first, processor.geometry(first), model.grid(size[2], size[3]), tokens);
    }

    /** Encodes pixels {@code [B, C, H, W]} as tokens {@code [B, M, E]}. */
    private Tensor look(Tensor pixels) {
        int[] size = pixels.shape().toArray();
        return looks.run(new Look(size[0], size[2], size[3]), Map.of(AnswererModel.PIXELS, pixels))
                .get(AnswererModel.IMAGE);
    }

    /**
     * Best answer to a question about an image file.
     *
     * @throws ImageException when the image cannot be read, is truncated or cannot be preprocessed
     * @throws IllegalArgumentException when the question is empty or too long
     */
    public Answers ask(Path image, String question) {
        return ask(embed(decoder.decode(image)), question);
    }

    /** Best answer to a question about an image. */
    public Answers ask(EmbeddedImage image, String question) {
        return ask(image, List.of(question), AnswerRequest.best()).get(0);
    }

    /**
     * Answers questions about an image, several questions at a time; results are in the questions' order.
     *
     * @param image from {@link #embed} of this object
     * @throws IllegalArgumentException when a question is empty or too long, or the request does not fit the model
     */
    public List<Answers> ask(EmbeddedImage image, List<String> questions, AnswerRequest request) {
        return answering.answer(
                questions.stream().map(question -> query(image, question)).toList(), request);
    }

    private Query query(EmbeddedImage image, String question) {
        if (image.owner() != this) {
            throw new IllegalArgumentException(
                    NAME + ": an embedded image must be of the answerer that is asked, got one of another");
        }
        return reader.read(image, question);
    }

    /**
     * Answers questions about images decoded from any kind of input, and passes each outcome to a consumer as soon as it is
     * available, in the inputs' order. Other threads decode and preprocess the next images meanwhile; images and questions are
     * computed in batches of {@link AnswererOptions#batch}; the number of images in memory is bounded.
     *
     * @param decode decodes one input; called on several threads. An {@link ImageException} that it throws becomes the outcome
     *     of that image
     * @param questions questions about an image; at least one each
     * @param results called on this thread; an exception that it throws ends the run
     * @throws IllegalArgumentException when a question is empty or too long, or the request does not fit the model
     * @throws java.util.concurrent.CancellationException when this thread is interrupted
     */
    public <I> void askAll(
            Iterable<? extends I> inputs,
            Function<? super I, RgbImage> decode,
            Function<? super I, List<String>> questions,
            AnswerRequest request,
            Consumer<? super Outcome<I, List<Answers>>> results) {
        check(request);
        try (OrderedPipeline<I, Prepared> pipeline = OrderedPipeline.start(
                inputs, options.batch(), input -> prepare(List.of(decode.apply(input)), questions.apply(input)))) {
            pipeline.<List<Answers>>run(images -> answers(images, request), results);
        }
    }

    private List<List<Answers>> answers(List<Prepared> images, AnswerRequest request) {
        List<Query> queries = new ArrayList<>();
        List<EmbeddedImage> embedded = embedAll(images);
        for (int i = 0; i < embedded.size(); i++) {
            for (String question : images.get(i).questions()) {
                queries.add(query(embedded.get(i), question));
            }
        }
        List<Answers> all = answering.answer(queries, request);
        List<List<Answers>> out = new ArrayList<>();
        int from = 0;
        for (Prepared image : images) {
            int end = from + image.questions().size();
            out.add(List.copyOf(all.subList(from, end)));
            from = end;
        }
        return out;
    }

    /** Embeds images; those of the same size are computed as one batch if they fill more than half of it. */
    private List<EmbeddedImage> embedAll(List<Prepared> images) {
        boolean alone = !processor.hasOneSize() || model.images() > 1 || 2 * images.size() <= options.batch();
        if (alone) {
            return images.stream().map(this::embed).toList();
        }
        Tensor tokens = look(Tensor.stack(
                images.stream().map(image -> image.pixels().get(0)).toList(), options.batch())); // [B, M, E]
        float[] all = tokens.toFloats();
        int[] one = tokens.shape().with(0, 1).toArray();
        int each = one[1] * one[2];
        List<EmbeddedImage> out = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Tensor own = Tensor.of(Arrays.copyOfRange(all, i * each, (i + 1) * each), one);
            out.add(embedded(images.get(i), List.of(own)));
        }
        return out;
    }

    /** Answers a question about an image file and explains the answer by attention maps. */
    public AnswerExplanation explain(Path image, String question) {
        return explain(embed(decoder.decode(image)), question);
    }

    /** Answers a question about an image and explains the answer by attention maps. */
    public AnswerExplanation explain(EmbeddedImage image, String question) {
        return explain(image, question, AnswerRequest.best());
    }

    /**
     * Answers a question about an image with a given request and explains the answer by attention maps.
     *
     * @throws IllegalArgumentException as in {@link #ask(EmbeddedImage, List, AnswerRequest)}, and for models of several images
     */
    public AnswerExplanation explain(EmbeddedImage image, String question, AnswerRequest request) {
        if (model.images() > 1) {
            throw new IllegalArgumentException(
                    NAME + ": only models of one image are explained, got one of " + model.images());
        }
        Query query = query(image, question);
        Answering.Explained explained = answering.explain(query, request);
        return new AnswerExplanation(explained, image, new QuestionWords(tokenizer, query.ids()));
    }

    /** Answers and explains questions one by one, otherwise like {@link #askAll}. */
    public <I> void explainAll(
            Iterable<? extends I> inputs,
            Function<? super I, RgbImage> decode,
            Function<? super I, List<String>> questions,
            AnswerRequest request,
            Consumer<? super Outcome<I, List<AnswerExplanation>>> results) {
        check(request);
        try (OrderedPipeline<I, Prepared> pipeline = OrderedPipeline.start(
                inputs, 1, input -> prepare(List.of(decode.apply(input)), questions.apply(input)))) {
            pipeline.<Prepared>run(
                    one -> one, outcome -> results.accept(outcome.map(image -> explain(image, request))));
        }
    }

    private List<AnswerExplanation> explain(Prepared prepared, AnswerRequest request) {
        EmbeddedImage image = embed(prepared);
        return prepared.questions().stream()
                .map(question -> explain(image, question, request))
                .toList();
    }

    /**
     * All intermediate results for an image and a question, under the reference's names where they exist: {@code pixel_values},
     * {@code image_tokens}, {@code input_ids}, {@code logits} or {@code sequences}, and the intermediates.
     */
    public Map<String, Tensor> dump(RgbImage image, String question, AnswerRequest request) {
        Prepared prepared = prepare(List.of(image), List.of(question));
        EmbeddedImage embedded = embed(prepared);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(AnswererModel.PIXELS, prepared.pixels().get(0));
        out.put(AnswererModel.IMAGE, embedded.tokens().get(0));
        out.putAll(answering.dump(query(embedded, question), request));
        return out;
    }

    /** Frees native memory once running calls have ended; closing again does nothing. */
    @Override
    public void close() {
        try {
            looks.close();
        } finally {
            try {
                answering.close();
            } finally {
                try {
                    tokenizer.close();
                } finally {
                    pretrained.close();
                }
            }
        }
    }
}
