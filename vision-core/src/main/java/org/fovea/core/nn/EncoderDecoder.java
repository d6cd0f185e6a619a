package org.fovea.core.nn;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Value;

/**
 * The Transformer between the embeddings and the word scores: an encoder of self-attention blocks and a decoder that is
 * causal over the target and attends to what the encoder yields.
 *
 * @param heads of every attention
 * @param hidden units of each feed-forward block, with ReLU as in the paper
 * @param depth blocks of the encoder and of the decoder
 * @param norms where the norms are; before, both stacks end with a norm of their own
 * @param keepWeights whether {@link #decode} gives the weights from target to source; costs nothing where not
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, figure 1</a>
 */
public record EncoderDecoder(int heads, int hidden, int depth, NormPlacement norms, boolean keepWeights) {
    private static final double EPSILON = 1e-5;

    /** Checks the sizes. */
    public EncoderDecoder {
        Sizes.positive("EncoderDecoder: heads", heads);
        Sizes.positive("EncoderDecoder: hidden", hidden);
        Sizes.positive("EncoderDecoder: depth", depth);
    }

    /**
     * What the decoder yields.
     *
     * @param values {@code [B, T, width]}
     * @param weights of each block, first block first: {@code [B, heads, T, S]}, how much each target position reads of each
     *     source position; empty unless kept
     */
    public record Decoded(Value values, List<Value> weights) {}

    /**
     * Adds the encoder.
     *
     * @param source {@code [B, S, width]}, embedded with positions
     * @param rates of every block; path grows with depth
     * @param biases masks; each broadcasts to {@code [B, heads, S, S]}
     * @return the memory {@code [B, S, width]}
     */
    public Value encode(Scope scope, Value source, Drops drops, DropRates rates, Value... biases) {
        Scope below = scope.child("encoder");
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(heads, true, false),
                feedForward(),
                EPSILON,
                TransformerBlock.Scaling.NONE,
                norms);
        Value x = drops.elements(source, rates.dropout());
        for (int i = 0; i < depth; i++) {
            Scope at = below.child(Integer.toString(i));
            x = block.build(at, x, x.shape().dim(1), drops, rates.ofBlock(i, depth), biases)
                    .values();
        }
        return norms.enter(new LayerNormLayer(EPSILON), below.child("norm"), x);
    }

    /**
     * Adds the decoder: row t of the result has seen the target up to and including position t, and all of the memory.
     *
     * @param target {@code [B, T, width]}, embedded with positions; in training the right answer shifted by one
     * @param memory {@code [B, S, width]}
     * @param memoryBiases masks; each broadcasts to {@code [B, heads, T, S]}
     */
    public Decoded decode(
            Scope scope, Value target, Value memory, Drops drops, DropRates rates, Value... memoryBiases) {
        Scope below = scope.child("decoder");
        DecoderBlock block = new DecoderBlock(
                new MultiHeadSelfAttention(heads, true, false),
                new MultiHeadAttention(heads, true, keepWeights),
                feedForward(),
                EPSILON,
                norms);
        Value causal = Masks.causal(scope.graph(), target.shape().dim(1));
        List<Value> weights = new ArrayList<>();
        Value x = drops.elements(target, rates.dropout());
        for (int i = 0; i < depth; i++) {
            Scope at = below.child(Integer.toString(i));
            Attended out = block.build(at, x, memory, drops, rates, causal, memoryBiases);
            out.weights().ifPresent(weights::add);
            x = out.values();
        }
        return new Decoded(norms.enter(new LayerNormLayer(EPSILON), below.child("norm"), x), List.copyOf(weights));
    }

    private FeedForward feedForward() {
        return new Mlp(hidden, Activation.RELU);
    }
}
