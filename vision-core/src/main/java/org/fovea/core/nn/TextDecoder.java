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
 * @param vocabulary number of words in the vocabulary
 * @param positions maximum number of words of a text
 * @param width channels of a token
 * @param depth number of blocks
 * @param heads heads of each attention; divides {@code width}
 * @param feedForward feed-forward part of each block
 * @param epsilon of every layer norm
 * @param norms place of the norms; with pre-norm, one more follows the last block
 * @param embeddingNorm whether the embeddings are normalized
 * @param crossAttention whether the blocks have cross-attention to a memory
 * @param head output layer, from tokens to scores
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
        /** Shares the word embedding. */
        TIED,
        /**
         * Shares the word embedding after a transform, as in BERT: {@code head.transform}, the blocks' activation, {@code
         * head.norm}, then the embedding and {@code head.bias}.
         */
        TIED_AFTER_TRANSFORM,
        /** Separate linear map, {@code head.weight} and {@code head.bias}. */
        OWN
    }

    /**
     * Tokens after the blocks.
     *
     * @param values {@code [B, N, width]}, after the last norm if there is one
     * @param embedded {@code [B, N, width]}, input of the first block
     * @param blocks results of each block; with cross-attention, weights {@code self} and {@code cross}
     */
    public record Decoded(Value values, Value embedded, List<AttentionOutput> blocks) {
        /** Copies the list. */
        public Decoded {
            blocks = List.copyOf(blocks);
        }

        /**
         * Hidden states, {@code [B, N, width]} each: the input of the first block, the output of each block but the last, and
         * {@link #values}.
         */
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

    /** Description of the sizes. */
    public String describe() {
        return "Transformer, " + SizeText.blocks(depth, width, heads);
    }

    /**
     * Looks up the embeddings of words and of their positions.
     *
     * @param ids {@code [B, N]}, token ids
     * @param at {@code [N]}, positions
     * @return {@code [B, N, width]}
     */
    public Value embed(Scope scope, Value ids, Value at) {
        Value words = words().build(scope.child("words").enter(), ids);
        Value x = words.add(scope.parameter("positions", positions, width).gather(0, at)); // [B, N, width]
        return embeddingNorm ? new LayerNormLayer(epsilon).build(scope.child("embedding_norm"), x) : x;
    }

    /**
     * Adds the projections of a memory that {@link #decode} needs, one for each block.
     *
     * @param memory {@code [B, M, E]}
     * @return {@code [B, M, 2·width]} each
     */
    public List<Value> prepare(Scope scope, Value memory) {
        return IntStream.range(0, depth)
                .mapToObj(i -> PreparedCrossAttention.prepare(cross(scope, i).enter(), memory, width))
                .toList();
    }

    /** Scope of a block's cross-attention. */
    public Scope cross(Scope scope, int block) {
        return scope.child("blocks", block).child("cross");
    }

    /** Names of the states that {@link #decode} keeps in the cache. */
    public List<String> cacheNames(Scope scope) {
        return IntStream.range(0, depth)
                .mapToObj(i -> scope.child("blocks", i).child("attention"))
                .flatMap(attention -> Stream.of(attention.name("key"), attention.name("value")))
                .toList();
    }

    /**
     * Adds the blocks.
     *
     * @param x {@code [B, N, width]}, result of {@link #embed}
     * @param mask broadcasts to the scores of self-attention, {@code [B, heads, N, M]}
     * @param cache cache of the keys and values of earlier tokens
     * @param memories result of {@link #prepare}, {@code [B/readers, M, 2·width]} each; empty without cross-attention
     * @param memoryBiases added to the scores of cross-attention; each broadcasts to {@code [B/readers, heads, readers·N, M]}
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
     * Adds the output layer.
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
