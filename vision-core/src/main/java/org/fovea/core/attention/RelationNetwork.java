package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * A relation network: a = f(Σ_ij g(o_i, o_j, q)) over all ordered pairs of objects; g and f are maps with ReLU between.
 *
 * <p>The first map of g is linear in [o_i; o_j; q], so it is taken of objects and question apart: no pair is put together before
 * it. Of several questions about the same objects, those are mapped once. The sum over pairs and, for not too many objects,
 * which two belong to a pair are products with matrices of 0 and 1, which backends are fastest at; the numbers are the same.
 *
 * @param relation widths of g's layers, each followed by ReLU; four of 256 in the paper
 * @param answer widths of f's layers, each but the last followed by ReLU; none gives the sum itself
 * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017, equation 1 and section 5.1</a>
 */
public record RelationNetwork(List<Integer> relation, List<Integer> answer) {
    /** Number of objects up to which selecting pairs by a matrix product, whose time grows with N³, is faster. */
    private static final int MOST_CHOSEN = 64;

    /** Checks the sizes. */
    public RelationNetwork {
        relation = List.copyOf(relation);
        answer = List.copyOf(answer);
        relation.forEach(width -> Check.positive("RelationNetwork: a width of relation", width));
        answer.forEach(width -> Check.positive("RelationNetwork: a width of answer", width));
        Check.positive("RelationNetwork: layers of relation", relation.size());
    }

    /**
     * Adds the block and its weights: {@code first} and {@code second} (one object of a pair each), {@code question}, {@code
     * relation.i} from 1, {@code answer.i} from 0.
     *
     * @param objects {@code [B, N, C]}, such as the positions of a feature map with their coordinates
     * @param question {@code [B, Q]}, or M questions about the same objects {@code [B, M, Q]}
     * @return {@code [B, last width of answer]}, or {@code [B, M, last width of answer]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value build(Scope scope, Value objects, Value question) {
        int axes = question.shape().rank();
        if (objects.shape().rank() != 3
                || (axes != 2 && axes != 3)
                || objects.shape().dim(0) != question.shape().dim(0)) {
            throw new IllegalArgumentException("RelationNetwork: objects must be [B, N, C] and the question [B, Q] or"
                    + " [B, M, Q] of the same batch, got " + objects.shape() + " and " + question.shape());
        }
        int batch = question.shape().dim(0);
        int asked = axes == 2 ? 1 : question.shape().dim(1);
        Value y = relate(
                        scope,
                        objects,
                        question.reshape(batch, asked, question.shape().dim(-1)))
                .sum();
        for (int i = 0; i < answer.size(); i++) {
            y = new LinearLayer(answer.get(i), true).build(scope.child("answer", i), y);
            y = i + 1 < answer.size() ? y.relu() : y;
        }
        return axes == 2 ? y.reshape(batch, y.shape().dim(-1)) : y;
    }

    /**
     * Relations of the pairs.
     *
     * @param pairs g(o_i, o_j, q), {@code [B·M, N·N, last width of relation]}, the second object of a pair changing fastest
     * @param sum Σ_ij g(o_i, o_j, q), {@code [B, M, last width of relation]}
     */
    public record Relations(Value pairs, Value sum) {}

    /**
     * Adds g without the sum, for the effects of single pairs, with the weight names of {@link #build}.
     *
     * @param objects {@code [B, N, C]}
     * @param questions M questions about the same objects, {@code [B, M, Q]}
     */
    public Relations relate(Scope scope, Value objects, Value questions) {
        int batch = objects.shape().dim(0);
        int count = objects.shape().dim(1);
        int asked = questions.shape().dim(1);
        int width = relation.get(0);
        LinearLayer map = new LinearLayer(width, false);
        Value first = map.build(scope.child("first"), objects).reshape(batch, 1, count, width);
        Value second = map.build(scope.child("second"), objects).reshape(batch, 1, count, width);
        Value question = new LinearLayer(width, true).build(scope.child("question"), questions);
        Value x = pairs(first, second.add(question.reshape(batch, asked, 1, width)))
                .relu(); // [B·M, N·N, width]
        for (int i = 1; i < relation.size(); i++) {
            x = new LinearLayer(relation.get(i), true)
                    .build(scope.child("relation", i), x)
                    .relu();
        }
        Value sum = objects.graph().fill(1, 1, count * count).matmul(x); // [B·M, 1, last width]
        return new Relations(x, sum.reshape(batch, asked, x.shape().dim(2)));
    }

    /** Sums first_i + second_j of {@code [B, 1, N, width]} and {@code [B, M, N, width]}. */
    private static Value pairs(Value first, Value second) {
        int[] s = second.shape().toArray();
        int count = s[2];
        if (count > MOST_CHOSEN) {
            return first.reshape(s[0], 1, count, 1, s[3])
                    .add(second.reshape(s[0], s[1], 1, count, s[3]))
                    .reshape(s[0] * s[1], count * count, s[3]);
        }
        Value both = first.broadcast(second.shape()).concat(2, second).reshape(s[0] * s[1], 2 * count, s[3]);
        return first.graph().constant(choices(count)).matmul(both);
    }

    /** Selection matrix {@code [N·N, 2·N]}: in the row of (i, j), ones at i and at N + j. */
    private static Tensor choices(int count) {
        float[] out = new float[2 * count * count * count];
        for (int pair = 0; pair < count * count; pair++) {
            out[pair * 2 * count + pair / count] = 1;
            out[pair * 2 * count + count + pair % count] = 1;
        }
        return Tensor.of(out, count * count, 2 * count);
    }
}
