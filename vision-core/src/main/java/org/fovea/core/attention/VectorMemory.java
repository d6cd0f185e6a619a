package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;

/**
 * An end-to-end memory network whose memories are vectors, such as the places of an image, in the stead of sentences: hop by hop
 * u ← u + Σ_i softmax(uᵀ A_k v)_i A_{k+1} v_i, from u = the question. As with {@link MemoryNetwork.Tables#ADJACENT}, the outputs of
 * a hop are the memories of the next.
 *
 * @param width of question and memories
 * @param hops number of hops over the memory
 * @see <a href="https://arxiv.org/abs/1503.08895">Sukhbaatar et al. 2015, section 2</a>
 */
public record VectorMemory(int width, int hops) {
    /** Checks the sizes. */
    public VectorMemory {
        Check.positive("VectorMemory: width", width);
        Check.positive("VectorMemory: hops", hops);
    }

    /**
     * Adds the block and its weights, {@code memories.k.weight} for k from 0 to hops: A_k.
     *
     * @param vectors {@code [B, M, C]}
     * @param question {@code [B, width]}
     * @return values {@code [B, width]}, u after the last hop; weights {@code hops.k} {@code [B, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value vectors, Value question) {
        int batch = vectors.shape().dim(0);
        if (vectors.shape().rank() != 3
                || question.shape().rank() != 2
                || question.shape().dim(0) != batch
                || question.shape().dim(1) != width) {
            throw new IllegalArgumentException("VectorMemory: vectors must be [B, M, C] and the question [B, " + width
                    + "] of the same batch, got " + vectors.shape() + " and " + question.shape());
        }
        int count = vectors.shape().dim(1);
        AttentionOutput out = AttentionOutput.of(question.reshape(batch, 1, width)); // u: [B, 1, width]
        Value memories = memories(scope, 0, vectors);
        for (int hop = 0; hop < hops; hop++) {
            Value next = memories(scope, hop + 1, vectors);
            AttentionOutput read =
                    SequenceOps.dotProduct(scope, new ScaledDotProduct(1), out.values(), memories, next, List.of());
            out = out.withValues(out.values().add(read.values()))
                    .with("hops." + hop, () -> read.weights().reshape(batch, count)); // [B, M]
            memories = next;
        }
        return out.withValues(out.values().reshape(batch, width));
    }

    private Value memories(Scope scope, int index, Value vectors) {
        return new LinearLayer(width, false).build(scope.child("memories", index), vectors); // [B, M, width]
    }
}
