package org.fovea.captioning.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.CrossAttention;
import org.fovea.core.nn.DecoderBlock;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.TokenEmbedding;

/**
 * The Transformer's decoder as a captioner: causal self-attention over the words, attention to the places, norms before, and
 * the words' own vectors as the output layer.
 *
 * @param width of the decoder, a multiple of the heads
 * @param hidden units of each feed-forward block
 * @param depth number of blocks
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.1</a>
 */
public record TransformerDecoder(int vocabulary, int positions, int width, int heads, int hidden, int depth)
        implements WordDecoder {
    private static final double EPSILON = 1e-5;

    /** Checks the sizes. */
    public TransformerDecoder {
        Check.positive("TransformerDecoder: vocabulary", vocabulary);
        Check.positive("TransformerDecoder: positions", positions);
        Check.positive("TransformerDecoder: heads", heads);
        Check.positive("TransformerDecoder: width", width);
        Check.that(width % heads == 0, "TransformerDecoder: width", "be a multiple of its " + heads + " heads", width);
        Check.positive("TransformerDecoder: hidden", hidden);
        Check.positive("TransformerDecoder: depth", depth);
    }

    @Override
    public List<String> caches() {
        return IntStream.range(0, depth)
                .boxed()
                .flatMap(i -> Stream.of(CachedSelfAttention.keys(own(i)), CachedSelfAttention.values(own(i))))
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when it is to read own words, which a decoder that reads all words at once cannot
     */
    @Override
    public Written write(Scope scope, Value features, Value before, Chance chance) {
        Check.that(chance.own().isEmpty(), "TransformerDecoder: words in training", "be given ones", "own ones");
        int rows = before.shape().dim(0);
        int steps = before.shape().dim(1);
        Graph graph = scope.graph();
        Value memory = Repeat.rows(features, rows);
        Value table = scope.child("places").parameter("table", positions, width);
        Value target = words(scope, before).add(table.slice(0, 0, steps).reshape(1, steps, width));
        MultiHeadAttention cross = new MultiHeadAttention(heads, true);
        MultiHeadSelfAttention self = new MultiHeadSelfAttention(heads, true);
        return blocks(scope, target, memory, Masks.causal(graph, steps), i -> self, i -> cross);
    }

    @Override
    public void look(Scope scope, Value features) {
        for (int i = 0; i < depth; i++) {
            KeptCrossAttention.keep(scope.child("blocks", i).child("cross"), features, seen(i), width);
        }
    }

    @Override
    public Written step(Scope scope, StepInputs inputs, int places, int features) {
        Graph graph = scope.graph();
        int rows = inputs.ids().shape().dim(0);
        Value table = scope.child("places").parameter("table", positions, width);
        Value target = words(scope, inputs.ids())
                .add(table.gather(0, inputs.positions()).reshape(1, 1, width));
        Value mask = Masks.where(graph, positions, inputs.capacity(), (query, key) -> key <= query ? 1 : 0)
                .gather(0, inputs.positions()); // [1, capacity]
        KeptCrossAttention.Size size = new KeptCrossAttention.Size(inputs.images(), rows, places, width, heads);
        return blocks(
                scope,
                target,
                target,
                mask,
                i -> new CachedSelfAttention(own(i), inputs.slots(), inputs.capacity(), heads),
                i -> new KeptCrossAttention(seen(i), size));
    }

    private Written blocks(
            Scope scope,
            Value target,
            Value memory,
            Value mask,
            IntFunction<SelfAttention> self,
            IntFunction<CrossAttention> cross) {
        Value x = scope.dropout(target);
        List<Value> looks = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            DecoderBlock block = new DecoderBlock(
                    self.apply(i), cross.apply(i), new Mlp(hidden, Activation.GELU), EPSILON, NormPlacement.BEFORE);
            AttentionOutput out = block.build(scope.layer("blocks", i, depth), x, memory, List.of(mask));
            x = out.values();
            looks.add(byWord(out.weights("cross")));
        }
        Value last = new LayerNormLayer(EPSILON).build(scope.child("norm").enter(), x);
        Value logits = new TokenEmbedding(vocabulary, width)
                .scores(scope.child("words").enter(), last);
        Value attention = looks.get(0).concat(2, looks.subList(1, depth).toArray(Value[]::new));
        return new Written(logits, attention, Optional.empty(), Optional.empty());
    }

    private Value words(Scope scope, Value ids) {
        return new TokenEmbedding(vocabulary, width)
                .build(scope.child("words").enter(), ids)
                .affine(Math.sqrt(width), 0);
    }

    /** {@code [rows, heads, T, L]} to {@code [rows, T, 1, heads, L]}. */
    private static Value byWord(Value weights) {
        Value out = weights.permute(0, 2, 1, 3);
        return out.reshape(
                out.shape().dim(0),
                out.shape().dim(1),
                1,
                out.shape().dim(2),
                out.shape().dim(3));
    }

    private static String own(int block) {
        return "blocks." + block + ".attention";
    }

    private static String seen(int block) {
        return "blocks." + block + ".cross";
    }
}
