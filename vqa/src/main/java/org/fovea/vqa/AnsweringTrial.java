package org.fovea.vqa;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.backend.Program;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.generate.TextGenerator;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.AnswererModel.Detail;
import org.fovea.vqa.model.ClosedAnswerer;
import org.fovea.vqa.model.GenerativeAnswerer;

/**
 * Questions of a fixed length about images that are all zero: to be measured. Its first run compiles what writes answers.
 */
public final class AnsweringTrial implements AutoCloseable {
    private static final String NAME = "AnsweringTrial";
    private static final double NANOS = 1e6;

    private final AnswererModel model;
    private final int rows;
    private final Program look;
    private final Program read;
    private final Map<String, Tensor> pixels;
    private final Map<String, Tensor> question;
    private final TextGenerator generator;
    private final int[] prompt;
    private final int tokens;
    private final CachedDecoder writer;

    /**
     * Times of a run.
     *
     * @param lookMillis time until the images are embedded; a further question about them takes only the remaining time
     * @param totalMillis time of the whole batch
     */
    public record Times(double lookMillis, double totalMillis) {}

    /**
     * Creates a trial; the caller closes the answerer.
     *
     * @param options options of the computation; every run computes one batch of their size
     * @param words number of tokens of each question
     * @param tokens exact number of tokens of each answer, for a model that generates answers
     * @throws IllegalArgumentException when the model does not support texts of these lengths
     */
    public AnsweringTrial(PretrainedAnswerer answerer, AnswererOptions options, int words, int tokens) {
        this.model = answerer.spec().model();
        this.rows = options.batch();
        this.tokens = tokens;
        Check.within(1, model.positions(), NAME + ": words", words);
        Graph looking = model.look(rows * model.images(), model.imageHeight(), model.imageWidth());
        int places = looking.outputs().get(AnswererModel.IMAGE).shape().dim(1);
        AnswererModel.Size size = new AnswererModel.Size(rows, words, places);
        GenerationOptions wanted =
                answerer.options().with(Map.of("max_new_tokens", tokens, "min_new_tokens", tokens, "num_beams", 1));
        this.generator = new TextGenerator(wanted);
        this.prompt = new int[] {Math.max(0, wanted.tokens().first())};
        Graph reading = model instanceof ClosedAnswerer closed
                ? closed.answer(size, Detail.ANSWER)
                : ((GenerativeAnswerer) model).read(size, Detail.ANSWER);
        this.look = options.backend().compile(looking, answerer.parameters(), options.precision());
        this.read = options.backend().compile(reading, answerer.parameters(), options.precision());
        this.writer = model instanceof GenerativeAnswerer writes
                ? new CachedDecoder(
                        NAME, writes.decoder(words), options.backend(), answerer.parameters(), options.precision())
                : null;
        this.pixels = Map.of(
                AnswererModel.PIXELS,
                Tensor.zeros(
                        DType.F32,
                        Shape.of(rows * model.images(), model.channels(), model.imageHeight(), model.imageWidth())));
        this.question = question(size);
    }

    private Map<String, Tensor> question(AnswererModel.Size size) {
        int all = size.rows() * model.images();
        Map<String, Tensor> out = new HashMap<>();
        out.put(AnswererModel.QUESTION, Tensor.of(new int[rows * size.words()], rows, size.words()));
        out.put(AnswererModel.QUESTION_MASK, ones(rows, size.words()));
        out.put(AnswererModel.IMAGE_MASK, ones(all, size.places()));
        out.keySet().retainAll(model.inputs());
        return out;
    }

    private static Tensor ones(int height, int width) {
        float[] out = new float[height * width];
        Arrays.fill(out, 1);
        return Tensor.of(out, height, width);
    }

    /** Answers the batch once. */
    public Times run() {
        long begin = System.nanoTime();
        Tensor image = look.run(pixels).get(AnswererModel.IMAGE);
        long seen = System.nanoTime();
        Map<String, Tensor> inputs = new HashMap<>(question);
        inputs.put(AnswererModel.IMAGE, image);
        inputs.keySet().retainAll(model.inputs());
        Map<String, Tensor> out = read.run(inputs);
        if (writer != null) {
            write(out.get(GenerativeAnswerer.STATES));
        }
        return new Times((seen - begin) / NANOS, (System.nanoTime() - begin) / NANOS);
    }

    private void write(Tensor states) {
        Map<String, Tensor> inputs = Map.of(
                GenerativeAnswerer.STATES,
                states,
                AnswererModel.QUESTION_MASK,
                question.get(AnswererModel.QUESTION_MASK));
        try (DecoderSession session = writer.start(inputs, rows, 1, prompt.length + tokens, false)) {
            generator.generate(session, rows, prompt, TokenListener.NONE);
        }
    }

    @Override
    public void close() {
        try {
            look.close();
        } finally {
            try {
                read.close();
            } finally {
                if (writer != null) {
                    writer.close();
                }
            }
        }
    }
}
