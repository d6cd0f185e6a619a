package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * An end-to-end memory network: sentences become memories m_i and outputs c_i, the question u; hop by hop u ← u + Σ_i
 * softmax(uᵀm)_i c_i; the answer is scored by W u.
 *
 * <p>m_i = Σ_j l_j ⊙ A x_ij + T_A(i), c_i the same with C and T_C, u = Σ_j l_j ⊙ B q_j, the sums over words, l the {@link
 * Encoding}, T learned vectors for the place of a sentence. Word 0 is the null word that fills short sentences; its vector is zero.
 *
 * @param vocabulary number of words, the null word included
 * @param width of all vectors
 * @param hops number of hops over the memory
 * @param tables sharing of the embedding tables
 * @param encoding encoding of the words of a sentence
 * @see <a href="https://arxiv.org/abs/1503.08895">Sukhbaatar et al. 2015, sections 2 and 4.1</a>
 */
public record MemoryNetwork(int vocabulary, int width, int hops, Tables tables, Encoding encoding) {
    /** Sharing of the tables. */
    public enum Tables {
        /** A of a hop is C of the one before; B is the first A, Wᵀ the last C. Tables {@code words.0} to {@code words.hops}. */
        ADJACENT,
        /**
         * A and C are the same in every hop, u ← H u + o between hops. Tables {@code words.0} (A), {@code words.1} (C), {@code
         * question} (B), {@code answer.weight} (W), {@code hop.weight} (H).
         */
        LAYER_WISE
    }

    /** Weighing of the words of a sentence before they are summed. */
    public enum Encoding {
        /** Equal weights: a bag of words. */
        BAG,
        /**
         * Position encoding l_kj = (1 - j/J) - (k/d)(1 - 2j/J) for word j of J and channel k of d, counted from 1, so that
         * order matters.
         */
        POSITION
    }

    /** Checks the sizes. */
    public MemoryNetwork {
        Check.positive("MemoryNetwork: words beside the null word", vocabulary - 1);
        Check.positive("MemoryNetwork: width", width);
        Check.positive("MemoryNetwork: hops", hops);
    }

    /**
     * Results of the block.
     *
     * @param answer {@code [B, vocabulary]}, score of each word
     * @param query {@code [B, width]}, u after the last hop
     * @param weights attention weights of each hop, in the order of the hops: {@code [B, M]}
     */
    public record Result(Value answer, Value query, List<Value> weights) {}

    /**
     * Adds the block.
     *
     * @param story indices {@code [B, M, J]} of words: M sentences in chronological order, J words each
     * @param question indices {@code [B, J']}
     * @param biases masks; each broadcasts to {@code [B, 1, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Result build(Scope scope, Value story, Value question, Value... biases) {
        if (story.shape().rank() != 3
                || question.shape().rank() != 2
                || story.shape().dim(0) != question.shape().dim(0)) {
            throw new IllegalArgumentException(
                    "MemoryNetwork: the story must be [B, M, J] and the question [B, J'] of the same batch, got "
                            + story.shape() + " and " + question.shape());
        }
        int batch = story.shape().dim(0);
        boolean adjacent = tables == Tables.ADJACENT;
        Scope again = scope.shared();
        Value u = sentence(table(scope, adjacent ? "words.0" : "question"), question)
                .reshape(batch, 1, width);
        List<Value> weights = new ArrayList<>();
        for (int hop = 0; hop < hops; hop++) {
            int in = adjacent ? hop : 0;
            AttentionOutput read = SequenceOps.dotProduct(
                    scope,
                    new ScaledDotProduct(1),
                    u,
                    memories(again, in, story),
                    memories(again, in + 1, story),
                    List.of(biases));
            Value kept = adjacent ? u : new LinearLayer(width, false).build(again.child("hop"), u);
            u = kept.add(read.values()); // [B, 1, width]
            weights.add(read.weights().reshape(batch, story.shape().dim(1)));
        }
        Value query = u.reshape(batch, width);
        Value answer = adjacent
                ? query.linear(table(again, "words." + hops))
                : new LinearLayer(vocabulary, false).build(scope.child("answer"), query);
        return new Result(answer, query, List.copyOf(weights));
    }

    /** Memories or outputs from a table: {@code [B, M, width]}. */
    private Value memories(Scope scope, int index, Value story) {
        Value times = scope.parameter("times." + index, story.shape().dim(1), width);
        return sentence(table(scope, "words." + index), story).add(times);
    }

    /** Embedding table with a first row of zeros for the null word. */
    private Value table(Scope scope, String name) {
        return scope.parameter(name, vocabulary - 1, width).pad(0, 1, 0); // [vocabulary, width]
    }

    /** Sum of encoded words over the last axis of the indices. */
    private Value sentence(Value table, Value ids) {
        Value words = table.gather(0, ids); // [..., J, width]
        int length = ids.shape().dim(-1);
        return (encoding == Encoding.BAG ? words : words.multiply(positions(ids.graph(), length))).sum(false, -2);
    }

    private Value positions(Graph graph, int length) {
        double[] out = new double[length * width];
        for (int j = 1; j <= length; j++) {
            for (int k = 1; k <= width; k++) {
                double place = (double) j / length;
                out[(j - 1) * width + k - 1] = 1 - place - (double) k / width * (1 - 2 * place);
            }
        }
        return graph.constant(Tensor.of(out, length, width));
    }
}
