package org.fovea.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.TransformerBlock.Scaling;

/**
 * A Transformer that writes text word by word: BERT's as BLIP and GIT have it, GPT-2's, with attention to a memory or without.
 *
 * <p>Its weights below a scope:
 *
 * <ul>
 *   <li>{@code words.table} [vocabulary, width], {@code positions} [positions, width];
 *   <li>{@code embedding_norm.scale}, {@code .shift};
 *   <li>{@code blocks.i.*} as {@link DecoderBlock} names them ({@link TransformerBlock} without a memory), attention with {@code
 *       attention.qkv} and {@code cross.query}, {@code cross.key_value};
 *   <li>{@code norm.scale}, {@code .shift}, with the norms before;
 *   <li>{@code head.*} as {@link Head} says.
 * </ul>
 *
 * @param vocabulary number of words
 * @param positions the most words of a text
 * @param width channels of a token
 * @param depth number of blocks
 * @param heads of each attention; divides {@code width}
 * @param feedForward the last part of each block
 * @param epsilon of every layer norm
 * @param norms place of the norms; before, one more follows the last block
 * @param embeddingNorm whether the embeddings are normalised
 * @param crossAttention whether the blocks read a memory
 * @param head from tokens to scores
 */
public record TextDecoder(
        int vocabulary,
        int positions,
        int width,
        int depth,
        int heads,
        Mlp feedForward,
        double epsilon,
        NormPlacement norms,
        boolean embeddingNorm,
        boolean crossAttention,
        Head head) {

    /** The map from tokens to a score of each word. */
    public enum Head {
        /** The table of words itself. */
        TIED,
        /**
         * {@code head.transform}, the blocks' activation, {@code head.norm}, then the table of words and {@code head.bias}: BERT's.
         */
        TIED_AFTER_TRANSFORM,
        /** A map of its own, {@code head.weight} and {@code head.bias}. */
        OWN
    }

    /**
     * Tokens after the blocks.
     *
     * @param values {@code [B, N, width]}, after the last norm where there is one
     * @param embedded {@code [B, N, width]}, what enters the first block
     * @param blocks the results of each block; with a memory, weights {@code self} and {@code cross}
     */
    public record Decoded(Value values, Value embedded, List<AttentionOutput> blocks) {
        /** Copies the list. */
        public Decoded {
            blocks = List.copyOf(blocks);
        }

        /** {@code [B, N, width]} each: what enters the first block, what leaves each but the last, and {@link #values}. */
        public List<Value> hiddenStates() {
            Stream<Value> inner = blocks.stream().limit(blocks.size() - 1L).map(AttentionOutput::values);
            return Stream.concat(Stream.concat(Stream.of(embedded), inner), Stream.of(values))
                    .toList();
        }
    }

    /** Checks the sizes. */
    public TextDecoder {
        Check.positive("TextDecoder: vocabulary", vocabulary);
        Check.positive("TextDecoder: positions", positions);
        Check.positive("TextDecoder: depth", depth);
        Check.that(
                heads > 0 && width > 0 && width % heads == 0,
                "TextDecoder: heads",
                "be a positive divisor of width",
                heads + " and " + width);
    }

    /** Sizes in words. */
    public String describe() {
        return "Transformer, " + SizeText.blocks(depth, width, heads);
    }

    /**
     * Looks words and their positions up.
     *
     * @param ids {@code [B, N]}, indices of words
     * @param at {@code [N]}, indices of their positions
     * @return {@code [B, N, width]}
     */
    public Value embed(Scope scope, Value ids, Value at) {
        Value words = words().build(scope.child("words").enter(), ids);
        Value x = words.add(scope.parameter("positions", positions, width).gather(0, at)); // [B, N, width]
        return embeddingNorm ? new LayerNormLayer(epsilon).build(scope.child("embedding_norm"), x) : x;
    }

    /**
     * Adds the maps of a memory that {@link #decode} reads, one for each block.
     *
     * @param memory {@code [B, M, E]}
     * @return {@code [B, M, 2·width]} each
     */
    public List<Value> prepare(Scope scope, Value memory) {
        return IntStream.range(0, depth)
                .mapToObj(i -> PreparedCrossAttention.prepare(cross(scope, i).enter(), memory, width))
                .toList();
    }

    /** The place of a block's attention to the memory. */
    public Scope cross(Scope scope, int block) {
        return scope.child("blocks", block).child("cross");
    }

    /** The states that {@link #decode} asks the cache for. */
    public List<String> cacheNames(Scope scope) {
        return IntStream.range(0, depth)
                .mapToObj(i -> scope.child("blocks", i).child("attention"))
                .flatMap(attention -> Stream.of(attention.name("key"), attention.name("value")))
                .toList();
    }

    /**
     * Adds the blocks.
     *
     * @param x {@code [B, N, width]}, from {@link #embed}
     * @param mask broadcasts to the scores of self-attention, {@code [B, heads, N, M]}
     * @param cache of the keys and values of earlier tokens
     * @param memories from {@link #prepare}, {@code [B/readers, M, 2·width]} each; empty without attention to a memory
     * @param memoryBiases added to the scores of attention to the memory; each broadcasts to {@code [B/readers, heads,
     *     readers·N, M]}
     */
    public Decoded decode(
            Scope scope, Value x, Value mask, KeyValueCache cache, List<Value> memories, Value... memoryBiases) {
        List<AttentionOutput> blocks = new ArrayList<>();
        Value y = x;
        for (int i = 0; i < depth; i++) {
            Scope at = scope.layer("blocks", i, depth);
            AttentionOutput out = crossAttention
                    ? block(at, y, mask, cache, memories.get(i), memoryBiases)
                    : block(at, y, mask, cache);
            blocks.add(out);
            y = out.values();
        }
        boolean last = norms == NormPlacement.BEFORE;
        Value normed =
                last ? new LayerNormLayer(epsilon).build(scope.child("norm").enter(), y) : y;
        return new Decoded(normed, x, blocks);
    }

    private AttentionOutput block(
            Scope scope, Value x, Value mask, KeyValueCache cache, Value memory, Value... memoryBiases) {
        int readers = x.shape().dim(0) / memory.shape().dim(0);
        DecoderBlock block = new DecoderBlock(
                new CachedSelfAttention(heads, cache),
                new PreparedCrossAttention(heads, readers),
                feedForward,
                epsilon,
                norms);
        return block.build(scope, x, memory, List.of(mask), memoryBiases);
    }

    private AttentionOutput block(Scope scope, Value x, Value mask, KeyValueCache cache) {
        return new TransformerBlock(new CachedSelfAttention(heads, cache), feedForward, epsilon, Scaling.NONE, norms)
                .build(scope, x, mask);
    }

    /**
     * Adds the head.
     *
     * @param x {@code [..., width]}
     * @return {@code [..., vocabulary]}
     */
    public Value scores(Scope scope, Value x) {
        Scope at = scope.child("head").enter();
        return switch (head) {
            case TIED -> words().scores(scope.child("words"), x);
            case OWN -> new LinearLayer(vocabulary, true).build(at, x);
            case TIED_AFTER_TRANSFORM -> {
                Value mapped = new LinearLayer(width, true).build(at.child("transform"), x);
                Value y = new LayerNormLayer(epsilon)
                        .build(at.child("norm"), feedForward.activation().build(mapped));
                yield words().scores(scope.child("words"), y).add(at.parameter("bias", vocabulary));
            }
        };
    }

    private TokenEmbedding words() {
        return new TokenEmbedding(vocabulary, width);
    }
}
