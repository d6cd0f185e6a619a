package org.fovea.core.attention;

import java.util.Arrays;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;

/**
 * Sparse Sinkhorn attention: tokens are cut into buckets of b; a relaxed permutation R, learned, sorts the buckets of keys and
 * values; each bucket attends to the one sorted to its place and to itself. Memory and time grow with N·b + (N/b)², not with N².
 *
 * <p>R: the sum of each bucket's tokens through a map with ReLU and a map to one score for each bucket and head; then, in logs,
 * rows and columns are normalized in turn, which makes R doubly stochastic.
 *
 * <p>Departures from the paper: no ReLU after the second map, which would leave scores that are all 0 without a
 * derivative; no causal variant.
 *
 * @param heads number of heads, each with its own sorting; divides the width of the tokens
 * @param bucket number of tokens of a bucket, b; divides the number of all tokens
 * @param rounds rounds of normalizing rows, then columns; 5 to 20 in the paper
 * @param temperature τ, by which the scores are divided; 0.75 in the paper
 * @see <a href="https://arxiv.org/abs/2002.11296">Tay et al. 2020, section 3</a>
 */
public record SinkhornAttention(int heads, int bucket, int rounds, double temperature) {
    /** Checks the sizes. */
    public SinkhornAttention {
        Check.positive("SinkhornAttention: heads", heads);
        Check.positive("SinkhornAttention: bucket", bucket);
        Check.positive("SinkhornAttention: rounds", rounds);
        Check.that(temperature > 0, "SinkhornAttention: temperature", "be above 0", temperature);
    }

    /**
     * Adds the mechanism and its weights {@code query}, {@code key}, {@code value}, {@code output}, {@code sort.in} and {@code
     * sort.out} [heads·buckets, C].
     *
     * @param x {@code [B, N, C]}
     * @param noise in training Gumbel noise, -log(-log(u)), added to the scores: each broadcasts to {@code [B, heads,
     *     buckets, buckets]}
     * @return values {@code [B, N, C]}, weights {@code permutation} R {@code [B, heads, buckets, buckets]}: the weight of each
     *     bucket (last axis) in the sorted bucket at a position; and {@code buckets} {@code [B, heads, buckets, b, 2·b]}, over
     *     the sorted bucket, then the query's own
     * @throws IllegalArgumentException unless x has three axes, heads divide C and the bucket divides N
     */
    public AttentionOutput build(Scope scope, Value x, Value... noise) {
        Shape s = x.shape();
        if (s.rank() != 3 || s.dim(2) % heads != 0 || s.dim(1) % bucket != 0) {
            throw new IllegalArgumentException(
                    "SinkhornAttention: x must be [B, N, C], the bucket must divide N and heads must divide C, got " + s
                            + ", a bucket of " + bucket + " and " + heads + " heads; pad the tokens");
        }
        int batch = s.dim(0);
        int buckets = s.dim(1) / bucket;
        int width = s.dim(2) / heads;
        Value r = permutation(scope.child("sort"), x, noise); // [B, heads, buckets, buckets]
        int[] cut = {batch * heads, buckets, bucket, width};
        Value q = heads(scope, "query", x).reshape(cut);
        AttentionOutput read = ScaledDotProduct.ofHeadWidth(width)
                .build(scope, q, seen(heads(scope, "key", x), r, cut), seen(heads(scope, "value", x), r, cut));
        Value joined = Heads.join(read.values().reshape(batch, heads, s.dim(1), width)); // [B, N, C]
        Value y = new LinearLayer(s.dim(2), true).build(scope.child("output"), joined);
        return AttentionOutput.of(y).with("permutation", () -> r).with("buckets", () -> read.weights()
                .reshape(batch, heads, buckets, bucket, 2 * bucket));
    }

    private Value heads(Scope scope, String name, Value x) {
        return Heads.split(new LinearLayer(x.shape().dim(2), true).build(scope.child(name), x), heads);
    }

    /** Sorted buckets, each followed by the query's own: {@code [B·heads, buckets, 2·b, D]}. */
    private static Value seen(Value x, Value r, int[] cut) {
        int batch = x.shape().dim(0);
        int heads = x.shape().dim(1);
        Value own = x.reshape(batch, heads, cut[1], cut[2] * cut[3]);
        return r.matmul(own).reshape(cut).concat(2, own.reshape(cut));
    }

    /** Permutation matrix R of the tokens. */
    private Value permutation(Scope scope, Value x, Value... noise) {
        int batch = x.shape().dim(0);
        int channels = x.shape().dim(2);
        int buckets = x.shape().dim(1) / bucket;
        Value sums = x.reshape(batch, buckets, bucket, channels).sum(false, 2); // [B, buckets, C]
        Value hidden =
                new LinearLayer(channels, true).build(scope.child("in"), sums).relu();
        Value scores = new LinearLayer(heads * buckets, true)
                .build(scope.child("out"), hidden)
                .reshape(batch, buckets, heads, buckets)
                .permute(0, 2, 1, 3); // [B, heads, buckets, buckets]
        Value noisy = Arrays.stream(noise).reduce(scores, Value::add);
        return Sinkhorn.normalize(noisy.affine(1 / temperature, 0), rounds);
    }
}
