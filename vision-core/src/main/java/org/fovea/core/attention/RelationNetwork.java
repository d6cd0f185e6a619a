package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Sizes;

/**
 * A relation network: a = f(Σ_ij g(o_i, o_j, q)) over all ordered pairs of objects; g and f are maps with ReLU between.
 *
 * <p>The first map of g is linear in [o_i; o_j; q], so it is taken of objects and question apart and added up: no pair is put
 * together before it, which gives the same numbers for N times less work there.
 *
 * @param relation widths of g's layers, each followed by ReLU; four of 256 in the paper
 * @param answer widths of f's layers, each but the last followed by ReLU
 * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017, equation 1 and section 5.1</a>
 */
public record RelationNetwork(List<Integer> relation, List<Integer> answer) {
    /** Checks the sizes. */
    public RelationNetwork {
        relation = List.copyOf(relation);
        answer = List.copyOf(answer);
        relation.forEach(width -> Sizes.positive("RelationNetwork: a width of relation", width));
        answer.forEach(width -> Sizes.positive("RelationNetwork: a width of answer", width));
        Sizes.positive("RelationNetwork: layers of relation", relation.size());
        Sizes.positive("RelationNetwork: layers of answer", answer.size());
    }

    /**
     * Adds the block and its weights: {@code first} and {@code second} (one object of a pair each), {@code question}, {@code
     * relation.i} from 1, {@code answer.i} from 0.
     *
     * @param objects {@code [B, N, C]}, such as the places of a feature map with their coordinates
     * @param question {@code [B, Q]}
     * @return {@code [B, last width of answer]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value build(Scope scope, Value objects, Value question) {
        if (objects.shape().rank() != 3
                || question.shape().rank() != 2
                || objects.shape().dim(0) != question.shape().dim(0)) {
            throw new IllegalArgumentException(
                    "RelationNetwork: objects must be [B, N, C] and the question [B, Q] of the same batch, got "
                            + objects.shape() + " and " + question.shape());
        }
        int batch = objects.shape().dim(0);
        int count = objects.shape().dim(1);
        int width = relation.get(0);
        LinearLayer map = new LinearLayer(width, false);
        Value left = map.build(scope.child("first"), objects).reshape(batch, count, 1, width);
        Value asked = new LinearLayer(width, true).build(scope.child("question"), question);
        Value right = map.build(scope.child("second"), objects)
                .add(asked.reshape(batch, 1, width))
                .reshape(batch, 1, count, width);
        Value x = left.add(right).relu(); // [B, N, N, width]
        for (int i = 1; i < relation.size(); i++) {
            x = new LinearLayer(relation.get(i), true)
                    .build(scope.child("relation", i), x)
                    .relu();
        }
        Value y = x.sum(false, 1, 2); // [B, last width of relation]
        for (int i = 0; i < answer.size(); i++) {
            y = new LinearLayer(answer.get(i), true).build(scope.child("answer", i), y);
            y = i + 1 < answer.size() ? y.relu() : y;
        }
        return y;
    }
}
