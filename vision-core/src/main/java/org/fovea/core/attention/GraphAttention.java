package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * Graph attention: in each head e_ij = LeakyReLU₀.₂(t·Wh_i + s·Wh_j), α_i = softmax over node i's neighbors and itself, h'_i =
 * Σ_j α_ij W h_j + b; the heads side by side, or their mean. The function after it (ELU in the paper) is the caller's.
 *
 * <p>Edges are data, indices of nodes: work and memory grow with nodes and edges, not with pairs of nodes. Several graphs are one
 * graph without edges between its parts.
 *
 * <p>The softmax over neighbors is shifted by a bound on their scores, held near each node's own, since there is no maximum by
 * index: exact while no neighbor's score is 160 above the node's own, and finite always.
 *
 * <p>Departure from the paper: its vector a is kept in its two halves. Its authors' code also drops elements of W h in training,
 * which the paper does not mention and this block does not do.
 *
 * @param heads number of heads
 * @param width width of one head, F'
 * @param join way to combine the heads
 * @see <a href="https://arxiv.org/abs/1710.10903">Veličković et al. 2018, equations 3 to 6</a>
 */
public record GraphAttention(int heads, int width, Join join) {
    private static final double SLOPE = 0.2; // from section 3.3
    /** Difference of a score from a node's own for which the exponential and its inverse are finite in single precision. */
    private static final double REACH = 80;

    /** Ways to combine the heads. */
    public enum Join {
        /** Concatenation, {@code heads·width} wide, as between layers. */
        CONCATENATE,
        /** Mean, {@code width} wide, as in a last layer. */
        MEAN
    }

    /** Checks the sizes. */
    public GraphAttention {
        Check.positive("GraphAttention: heads", heads);
        Check.positive("GraphAttention: width", width);
    }

    /**
     * Adds the block and its weights {@code map.weight} [heads·width, C], {@code target} [heads, width] (t), {@code source} [heads,
     * width] (s) and {@code bias}.
     *
     * @param nodes {@code [B, N, C]}; all of the batch have the same edges
     * @param sources {@code [E]}, indices of the nodes that edges are read from. Edges from a node to itself must not be
     *     listed: they exist already
     * @param targets {@code [E]}, indices of the nodes that read
     * @param masks {@code [B, N, 1]} of 0 and -∞ ({@link org.fovea.core.nn.Masks#seen}): a hidden node is read by itself only
     * @return values {@code [B, N, heads·width]} or {@code [B, N, width]}, weights {@code edges} (α of each edge {@code [B, E,
     *     heads]}, in the order of the edges) and {@code self} (α of each node for itself {@code [B, N, heads]}), before
     *     dropout
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value nodes, Value sources, Value targets, Value... masks) {
        check(nodes, sources, targets);
        int batch = nodes.shape().dim(0);
        int count = nodes.shape().dim(1);
        Value maps = new LinearLayer(heads * width, false)
                .build(scope.child("map"), nodes)
                .reshape(batch, count, heads, width); // [B, N, heads, F]
        Value asTarget = scored(maps, scope.parameter("target", heads, width)); // [B, N, heads]
        Value asSource = scored(maps, scope.parameter("source", heads, width));
        Value own = leaky(asTarget.add(asSource));
        Value shift = shift(asTarget, asSource, own);
        Value edge = leaky(asTarget.gather(1, targets).add(asSource.gather(1, sources))); // [B, E, heads]
        Value limit = nodes.graph().fill(REACH);
        Value score = edge.subtract(shift.gather(1, targets)).minimum(limit); // [B, E, heads]
        for (Value mask : masks) {
            score = score.add(mask.gather(1, sources));
        }
        Value edgePart = score.exp();
        Value ownPart = own.subtract(shift).exp(); // [B, N, heads]
        Value sum = ownPart.add(added(edgePart, targets, count));
        Value weights = edgePart.divide(sum.gather(1, targets)); // [B, E, heads]
        Value selfWeights = ownPart.divide(sum);
        Value read = weighted(scope.attentionDropout(weights), maps.gather(1, sources)); // [B, E, heads, F]
        Value all = added(read, targets, count)
                .add(weighted(scope.attentionDropout(selfWeights), maps)); // [B, N, heads, F]
        return AttentionOutput.of(joined(scope, all))
                .with("edges", () -> weights)
                .with("self", () -> selfWeights);
    }

    private Value joined(Scope scope, Value all) {
        int batch = all.shape().dim(0);
        int count = all.shape().dim(1);
        return switch (join) {
            case CONCATENATE -> all.reshape(batch, count, heads * width).add(scope.parameter("bias", heads * width));
            case MEAN -> all.mean(false, 2).add(scope.parameter("bias", width)); // [B, N, F]
        };
    }

    /**
     * Upper bound of all scores in a node's neighborhood (LeakyReLU is increasing), lowered if necessary to stay within {@link
     * #REACH} of the node's own score. The softmax does not depend on it, so it has no derivative.
     */
    private static Value shift(Value asTarget, Value asSource, Value own) {
        Value bound = leaky(asTarget.add(asSource.max(true, 1))); // [B, N, heads]
        return bound.minimum(own.affine(1, REACH)).detach();
    }

    private static Value scored(Value maps, Value vector) {
        return maps.multiply(vector).sum(false, 3);
    }

    private static Value weighted(Value weights, Value values) {
        int[] sizes = values.shape().with(3, 1).toArray();
        return values.multiply(weights.reshape(sizes));
    }

    private static Value added(Value each, Value targets, int count) {
        return each.graph().apply(new ScatterAdd(1, count), each, targets);
    }

    private static Value leaky(Value x) {
        return x.relu().subtract(x.negate().unary(UnaryKind.RELU).affine(SLOPE, 0));
    }

    private static void check(Value nodes, Value sources, Value targets) {
        boolean fits = nodes.shape().rank() == 3
                && sources.shape().rank() == 1
                && sources.type().equals(targets.type());
        if (!fits) {
            throw new IllegalArgumentException(
                    "GraphAttention: nodes must be [B, N, C] and sources and targets index[E] of one length, got "
                            + nodes.shape() + ", " + sources.type() + " and " + targets.type());
        }
    }
}
