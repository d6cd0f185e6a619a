package org.fovea.vqa.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.generate.MemoryDecoder;
import org.fovea.core.generate.StepInputs;
import org.fovea.core.generate.TextModel;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;

/**
 * BLIP that answers: a Transformer reads the question, each block attending to the image too; another writes the answer, its
 * blocks attending to the question as read.
 *
 * <p>Its weights: {@code vision.*} as the encoder names its own, {@code question.*} and {@code text.*} as {@link TextDecoder}
 * names its own.
 *
 * @param encoder image encoder
 * @param question encoder of the question, with bidirectional attention; its output layer is not used
 * @param text decoder of the answer
 * @see <a href="https://arxiv.org/abs/2201.12086">Li et al. 2022, figure 5</a>
 */
public record BlipAnswerer(VisionEncoder encoder, TextDecoder question, TextDecoder text)
        implements GenerativeAnswerer {
    private static final String READER = "question";
    private static final String WRITER = "text";
    private static final String CROSS_ATTENTIONS = "cross_attentions.";

    /** Checks that both texts have cross-attention. */
    public BlipAnswerer {
        Check.that(question.crossAttention(), "BlipAnswerer: question", "attend to a memory", question);
        Check.that(text.crossAttention(), "BlipAnswerer: text", "attend to a memory", text);
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("encoder", encoder.describe());
        out.put("reader", question.describe() + ", each block attending to the image");
        out.put("decoder", text.describe() + ", each block attending to the question");
        return out;
    }

    @Override
    public int vocabulary() {
        return text.vocabulary();
    }

    @Override
    public int positions() {
        return question.positions();
    }

    private ImageEncoding encoding() {
        return new ImageEncoding("BlipAnswerer", encoder);
    }

    @Override
    public Grid grid(int height, int width) {
        return encoding().grid();
    }

    @Override
    public Graph look(int images, int height, int width) {
        Value tokens = encoding().look(images, height, width).values(); // [B, M, E]
        tokens.graph().output(IMAGE, tokens);
        return tokens.graph();
    }

    @Override
    public Graph read(Size size, Detail detail) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(READER);
        Value image = graph.input(IMAGE, size.rows(), size.places(), encoder.width());
        Value ids = graph.indexInput(QUESTION, size.rows(), size.words());
        Value mask = Masks.keys(graph.input(QUESTION_MASK, size.rows(), size.words()));
        Value imageMask = Masks.keys(graph.input(IMAGE_MASK, size.rows(), size.places()));
        Value x = question.embed(scope, ids, StepInputs.range(graph, size.words()));
        Decoded out = question.decode(scope, x, mask, KeyValueCache.NONE, question.prepare(scope, image), imageMask);
        graph.output(STATES, out.values()); // [rows, T, width]
        for (int i = 0; detail != Detail.ANSWER && i < question.depth(); i++) {
            graph.output(CROSS_ATTENTIONS + i, out.blocks().get(i).weights(MemoryDecoder.CROSS));
        }
        return graph;
    }

    @Override
    public TextModel decoder(int words) {
        return new Writer(this, words);
    }

    @Override
    public Graph score(int answers, int tokens, int words) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(WRITER);
        Value states = graph.input(STATES, 1, words, question.width());
        Value seen = graph.input(QUESTION_MASK, 1, words);
        Value ids = graph.indexInput(ANSWER, answers, tokens);
        Value x = text.embed(scope, ids, StepInputs.range(graph, tokens));
        List<Value> memory = text.prepare(scope, states);
        Decoded out = text.decode(scope, x, Masks.causal(graph, tokens), KeyValueCache.NONE, memory, Masks.keys(seen));
        graph.output(LOGITS, text.scores(scope, out.values())); // [answers, tokens, vocabulary]
        return graph;
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, List<Double> words, Grid grid) {
        return new CrossAttentionMaps(CROSS_ATTENTIONS, question.depth(), question.heads()).gaze(outputs, words, grid);
    }

    /** The decoder over questions of some length. */
    private record Writer(BlipAnswerer model, int words) implements TextModel {
        private MemoryDecoder steps() {
            return new MemoryDecoder(model.text(), WRITER, words, true);
        }

        @Override
        public int vocabulary() {
            return model.text().vocabulary();
        }

        @Override
        public int positions() {
            return model.text().positions();
        }

        @Override
        public List<String> caches() {
            return steps().caches();
        }

        @Override
        public Graph look(int images, int capacity) {
            Graph graph = new Graph();
            Scope scope = Scope.of(graph).child(WRITER);
            Value states = graph.input(STATES, images, words, model.question().width());
            steps().keep(graph, model.text().prepare(scope, states));
            steps().keepMask(graph, graph.input(QUESTION_MASK, images, words));
            return graph;
        }

        @Override
        public Graph step(Step size) {
            return steps().step(size);
        }
    }
}
