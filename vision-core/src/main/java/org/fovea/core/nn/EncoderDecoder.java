package org.fovea.core.nn;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * The Transformer between the embeddings and the word scores: an encoder of self-attention blocks and a decoder that is
 * causal over the target and attends to what the encoder yields.
 *
 * @param heads of every attention
 * @param hidden channels within each feed-forward block, with ReLU as in the paper
 * @param depth blocks of the encoder and of the decoder
 * @param norms place of the norms; with pre-norm, both stacks end with a norm of their own
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, figure 1</a>
 */
public record EncoderDecoder(int heads, int hidden, int depth, NormPlacement norms) {
    private static final double EPSILON = 1e-5;

    /** Checks the sizes. */
    public EncoderDecoder {
        Check.positive("EncoderDecoder: heads", heads);
        Check.positive("EncoderDecoder: hidden", hidden);
        Check.positive("EncoderDecoder: depth", depth);
    }

    /**
     * Adds the encoder.
     *
     * @param source {@code [B, S, width]}, embeddings with positions
     * @param biases masks; each broadcasts to {@code [B, heads, S, S]}
     * @return memory {@code [B, S, width]}
     */
    public Value encode(Scope scope, Value source, Value... biases) {
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(heads, true), feedForward(), EPSILON, TransformerBlock.Scaling.NONE, norms);
        Value x = scope.dropout(source);
        for (int i = 0; i < depth; i++) {
            x = block.build(scope.layer("encoder", i, depth), x, biases).values();
        }
        return norms.enter(new LayerNormLayer(EPSILON), scope.child("encoder.norm"), x);
    }

    /**
     * Adds the decoder: row t of the result depends on the target up to and including position t, and on all of the memory.
     *
     * @param target {@code [B, T, width]}, embeddings with positions; in training the target sequence shifted by one
     * @param memory {@code [B, S, width]}
     * @param memoryBiases masks; each broadcasts to {@code [B, heads, T, S]}
     * @return values {@code [B, T, width]}, weights {@code i.self} and {@code i.cross} of each block i: {@code [B, heads, T, T]},
     *     and {@code [B, heads, T, S]}, the weight of each source position in each target position
     */
    public AttentionOutput decode(Scope scope, Value target, Value memory, Value... memoryBiases) {
        DecoderBlock block = new DecoderBlock(
                new MultiHeadSelfAttention(heads, true),
                new MultiHeadAttention(heads, true),
                feedForward(),
                EPSILON,
                norms);
        List<Value> causal = List.of(Masks.causal(scope.graph(), target.shape().dim(1)));
        AttentionOutput out = AttentionOutput.of(scope.dropout(target));
        for (int i = 0; i < depth; i++) {
            AttentionOutput next =
                    block.build(scope.layer("decoder", i, depth), out.values(), memory, causal, memoryBiases);
            out = out.withValues(next.values()).with(Integer.toString(i), next);
        }
        return out.withValues(norms.enter(new LayerNormLayer(EPSILON), scope.child("decoder.norm"), out.values()));
    }

    private FeedForward feedForward() {
        return new Mlp(hidden, Activation.RELU);
    }
}
