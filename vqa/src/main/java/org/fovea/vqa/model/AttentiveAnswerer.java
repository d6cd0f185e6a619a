package org.fovea.vqa.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;

/**
 * An answerer that is trained here: an encoder of images, a reader of questions, and attention of the one to the other.
 *
 * <p>Its weights: {@code vision.*} as the encoder names its own; {@code question.*}, {@code attention.*} and {@code head.*}.
 *
 * @param encoder encoder whose image positions are attended to
 * @param head head that combines question and image
 * @param vocabulary number of words
 * @param positions maximum number of words of a question
 * @param answers number of answers
 * @param width width of the word embedding and of the question's encoding
 */
public record AttentiveAnswerer(
        VisionEncoder encoder, AnswerHead head, int vocabulary, int positions, int answers, int width)
        implements ClosedAnswerer {
    private static final int WIDTH_STEP = 4; // number of attention heads, which must divide the width

    /** Checks the sizes. */
    public AttentiveAnswerer {
        Check.positive("AttentiveAnswerer: vocabulary", vocabulary);
        Check.positive("AttentiveAnswerer: positions", positions);
        Check.positive("AttentiveAnswerer: answers", answers);
        Check.that(
                width > 0 && width % WIDTH_STEP == 0,
                "AttentiveAnswerer: width",
                "be a positive multiple of " + WIDTH_STEP,
                width);
    }

    /** Copy with another encoder. */
    public AttentiveAnswerer withEncoder(VisionEncoder other) {
        return new AttentiveAnswerer(other, head, vocabulary, positions, answers, width);
    }

    @Override
    public List<String> inputs() {
        return head.reading().inputs();
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("encoder", encoder.describe());
        out.put("head", head.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", " + width + " wide");
        return out;
    }

    private ImageEncoding encoding() {
        return new ImageEncoding("AttentiveAnswerer", encoder);
    }

    @Override
    public Grid grid(int height, int width) {
        return encoding().grid();
    }

    /** {@inheritDoc} For a head that does not see the image, the tokens are zeros. */
    @Override
    public Graph look(int images, int height, int width) {
        Value tokens = encoding().look(images, height, width).places(); // [B, M, E]
        if (inputs().contains(IMAGE)) {
            tokens.graph().output(IMAGE, tokens);
            return tokens.graph();
        }
        Graph blind = new Graph();
        blind.input(PIXELS, images, channels(), height, width);
        blind.output(IMAGE, blind.fill(0, tokens.shape().toArray()));
        return blind;
    }

    @Override
    public Graph answer(Size size, Detail detail) {
        Graph graph = new Graph();
        Scope top = Scope.of(graph);
        AskedRows asked =
                asked(size.rows(), size.words(), () -> graph.input(IMAGE, size.rows(), size.places(), encoder.width()));
        ReadingHead.Result read = head.reading().build(top, asked);
        Value logits = score(top, read.values());
        if (detail != Detail.ANSWER) {
            read.looks().apply(logits).forEach(graph::output);
        }
        graph.output(LOGITS, logits);
        return graph;
    }

    /**
     * What training sees.
     *
     * @param scores {@code [rows, answers]}
     * @param attention attention weights that a loss can supervise: {@code [rows, T, M]} for each word or {@code [rows, 1, M]}
     *     for the question; empty for a head without attention
     */
    public record Trained(Value scores, Supplier<List<Value>> attention) {}

    /**
     * Adds encoder and head for training, with the inputs {@link #PIXELS}, {@link #QUESTION} and {@link #QUESTION_MASK} that
     * the head reads.
     *
     * @param top top-level scope of the graph
     * @param images number of images in the batch
     * @param questions questions of each image, which are adjacent
     * @param words words of each question, T, at most {@code positions}
     */
    public Trained train(Scope top, int images, int questions, int words) {
        AskedRows asked = asked(
                images * questions, words, () -> encoding().build(top, images).places()); // [images, M, E]
        ReadingHead.Result read = head.reading().build(top, asked);
        return new Trained(score(top, read.values()), read.attention());
    }

    /**
     * Initial values for weights with special ones.
     *
     * @param seed seed of random values
     */
    public Map<String, Tensor> firstValues(long seed) {
        return head.reading().firstValues(vocabulary, width, seed);
    }

    private AskedRows asked(int rows, int words, Supplier<Value> places) {
        return new AskedRows(rows, words, vocabulary, positions, width, places, encoding()::grid);
    }

    /** Scores of answers {@code [rows, answers]}, from one vector {@code [rows, C]}. */
    private Value score(Scope top, Value x) {
        Scope scope = top.child("head");
        Value inner = new LinearLayer(2 * width, true)
                .build(scope.child("in").enter(), x)
                .relu();
        return new LinearLayer(answers, true).build(scope.child("out").enter(), scope.dropout(inner));
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        return head.reading().gaze(outputs, words, grid);
    }
}
