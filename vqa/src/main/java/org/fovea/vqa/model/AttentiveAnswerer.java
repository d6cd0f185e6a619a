package org.fovea.vqa.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.attention.StackedAttention;
import org.fovea.core.generate.MemoryDecoder;
import org.fovea.core.generate.StepInputs;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Recurrence;
import org.fovea.core.nn.Repeat;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;
import org.fovea.core.nn.TokenEmbedding;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;

/**
 * An answerer that is trained here: an encoder of images, a reader of questions, and attention of the one to the other.
 *
 * <p>Its weights: {@code vision.*} as the encoder names its own; {@code question.*}, {@code attention.*} and {@code head.*}.
 *
 * @param encoder whose places are looked at
 * @param head the way from question and places to answers
 * @param vocabulary number of words
 * @param positions the most words of a question
 * @param answers number of scores
 * @param width of a word's vector and of what is read
 */
public record AttentiveAnswerer(
        VisionEncoder encoder, AnswerHead head, int vocabulary, int positions, int answers, int width)
        implements ClosedAnswerer {
    private static final String READER = "question";
    private static final String HOPS = "hops.";
    private static final String CROSS_ATTENTIONS = "cross_attentions.";
    private static final int HOP_COUNT = 2; // Yang et al. 2016, section 4.3
    private static final int DEPTH = 3;
    private static final int HEADS = 4;
    private static final int EXPANSION = 4;
    private static final double EPSILON = 1e-5;

    /** Checks the sizes. */
    public AttentiveAnswerer {
        Check.positive("AttentiveAnswerer: vocabulary", vocabulary);
        Check.positive("AttentiveAnswerer: positions", positions);
        Check.positive("AttentiveAnswerer: answers", answers);
        Check.that(
                width > 0 && width % HEADS == 0,
                "AttentiveAnswerer: width",
                "be a positive multiple of " + HEADS,
                width);
    }

    @Override
    public int channels() {
        return encoder.channels();
    }

    @Override
    public int imageHeight() {
        return encoder.imageHeight();
    }

    @Override
    public int imageWidth() {
        return encoder.imageWidth();
    }

    @Override
    public List<String> inputs() {
        return switch (head) {
            case QUESTION_ONLY -> List.of(QUESTION, QUESTION_MASK);
            case IMAGE_ONLY -> List.of(IMAGE);
            default -> List.of(IMAGE, QUESTION, QUESTION_MASK);
        };
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

    @Override
    public Graph look(int images, int height, int width) {
        Value tokens = encoding().look(images, height, width).places(); // [B, M, E]
        tokens.graph().output(IMAGE, tokens);
        return tokens.graph();
    }

    @Override
    public Graph answer(Size size, Detail detail) {
        Graph graph = new Graph();
        Value places = head == AnswerHead.QUESTION_ONLY
                ? null
                : graph.input(IMAGE, size.rows(), size.places(), encoder.width());
        Scored scored = score(Scope.of(graph), places, size.rows(), size.words());
        for (int i = 0; detail != Detail.ANSWER && i < scored.weights.size(); i++) {
            graph.output(weightsName() + i, scored.weights.get(i));
        }
        graph.output(LOGITS, scored.logits);
        return graph;
    }

    /**
     * Adds encoder and head for training, with the inputs {@link #PIXELS}, {@link #QUESTION} and {@link #QUESTION_MASK} as far as
     * the head reads them.
     *
     * @param scope the top of the graph
     * @param images in the batch
     * @param questions of each image, side by side
     * @return scores {@code [images·questions, answers]}
     */
    public Value train(Scope scope, int images, int questions) {
        int rows = images * questions;
        Value places = null;
        if (head != AnswerHead.QUESTION_ONLY) {
            Value seen = encoding().build(scope, images).places(); // [images, M, E]
            places = Repeat.rows(seen, rows);
        }
        return score(scope, places, rows, positions).logits;
    }

    /** Scores {@code [rows, answers]} and the weights of attention. */
    private record Scored(Value logits, List<Value> weights) {}

    private Scored score(Scope top, Value places, int rows, int words) {
        return switch (head) {
            case STACKED -> {
                Value regions = new LinearLayer(width, true)
                        .build(top.child("attention.regions").enter(), places)
                        .tanh(); // [rows, M, width]
                AttentionOutput seen = new StackedAttention(width, HOP_COUNT)
                        .build(top.child("attention"), regions, question(top, rows, words));
                List<Value> hops = new ArrayList<>();
                for (int i = 0; i < HOP_COUNT; i++) {
                    hops.add(seen.weights("layers." + i)); // [rows, M]
                }
                yield new Scored(read(top, seen.values()), hops);
            }
            case TRANSFORMER -> guided(top, places, rows, words);
            case QUESTION_ONLY -> new Scored(read(top, question(top, rows, words)), List.of());
            case IMAGE_ONLY -> new Scored(read(top, places.mean(false, 1)), List.of());
        };
    }

    /** A question as one vector {@code [rows, width]}. */
    private Value question(Scope top, int rows, int words) {
        Scope scope = top.child(READER);
        Value ids = top.graph().indexInput(QUESTION, rows, words);
        Value seen = top.graph().input(QUESTION_MASK, rows, words);
        Value x =
                new TokenEmbedding(vocabulary, width).build(scope.child("words").enter(), ids); // [rows, T, width]
        return new Recurrence(new LstmCell(width), Recurrence.Direction.FORWARD)
                .build(scope.child("lstm"), x, seen)
                .last()
                .get(0)
                .output();
    }

    private Scored guided(Scope top, Value places, int rows, int words) {
        Scope scope = top.child(READER);
        Graph graph = top.graph();
        Value ids = graph.indexInput(QUESTION, rows, words);
        Value seen = graph.input(QUESTION_MASK, rows, words);
        TextDecoder reader = reader();
        Value x = reader.embed(scope, ids, StepInputs.range(graph, words));
        Decoded out = reader.decode(scope, x, Masks.keys(seen), KeyValueCache.NONE, reader.prepare(scope, places));
        Value shown = seen.reshape(rows, words, 1);
        Value mean = out.values().multiply(shown).sum(false, 1).divide(shown.sum(false, 1)); // [rows, width]
        List<Value> weights = out.blocks().stream()
                .map(block -> block.weights(MemoryDecoder.CROSS))
                .toList();
        return new Scored(read(top, mean), weights);
    }

    private TextDecoder reader() {
        return new TextDecoder(
                vocabulary,
                positions,
                width,
                DEPTH,
                HEADS,
                new Mlp(EXPANSION * width, Activation.GELU),
                EPSILON,
                NormPlacement.BEFORE,
                false,
                true,
                TextDecoder.Head.TIED);
    }

    /** Scores of answers, from one vector {@code [rows, C]}. */
    private Value read(Scope top, Value x) {
        Scope scope = top.child("head");
        Value inner = new LinearLayer(2 * width, true)
                .build(scope.child("in").enter(), x)
                .relu();
        return new LinearLayer(answers, true).build(scope.child("out").enter(), scope.dropout(inner));
    }

    private String weightsName() {
        return head == AnswerHead.STACKED ? HOPS : CROSS_ATTENTIONS;
    }

    /** The mean of all hops and each of them; of a Transformer what each word attends to; zeros of a head that does not look. */
    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        if (head == AnswerHead.TRANSFORMER) {
            List<Double> equal = Collections.nCopies(words, 1.0 / words);
            return new CrossAttentionMaps(CROSS_ATTENTIONS, DEPTH, HEADS).gaze(outputs, equal, grid);
        }
        int hops = head.looks() ? HOP_COUNT : 0;
        float[] mean = new float[grid.places()];
        List<Gaze.PlaceMap> maps = new ArrayList<>();
        for (int hop = 0; hop < hops; hop++) {
            float[] weights = outputs.get(HOPS + hop).toFloats();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weights[i] / hops;
            }
            maps.add(new Gaze.PlaceMap("hop " + (hop + 1), Tensor.of(weights, grid.rows(), grid.columns())));
        }
        maps.add(0, new Gaze.PlaceMap("all hops", Tensor.of(mean, grid.rows(), grid.columns())));
        return Gaze.of(maps, List.of());
    }
}
