package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;

/**
 * A network that emits the weights of a second, which emits the weights of a third: z = norm(Σ_m α_m c_m) attends to a condition;
 * its linear maps emit A and H; the second network v = ReLU(A·norm(s)), θ = H v emits W₁, b₁, W₂, b₂; the third is y = W₂
 * ReLU(W₁ x + b₁) + b₂. Norms are to mean 0 and mean square 1.
 *
 * <p>{@link #initializer} keeps the variance through all three: with z, norm(s) of unit mean square, Var(A) = 2/S gives v a mean
 * square of 1, Var(W₁) = 2/I and Var(W₂) = 1/{@code units} are what He et al. give a network of its own, and emitted biases start
 * at zero.
 *
 * <p>Departures from the paper: its first network is a convolutional net over a radiation pattern, here additive attention over the
 * rows of any condition; norms before maps are stated and stand for the paper's assumption of unit variance.
 *
 * @param hidden units of the attention's alignment model
 * @param width K, units of the second network
 * @param units of the third network
 * @param outputs O, of the third network
 * @see <a href="https://arxiv.org/abs/2105.03838">Lutati and Wolf 2021, section 4</a>
 * @see <a href="https://openreview.net/forum?id=H1lma24tPB">Chang et al. 2020, for the variances</a>
 */
public record HyperHyperNetwork(int hidden, int width, int units, int outputs) {
    private static final double EPSILON = 1e-6;
    private static final String SECOND = "second";
    private static final String IN = "third.in";
    private static final String IN_BIAS = "third.in_bias";
    private static final String OUT = "third.out";
    private static final String OUT_BIAS = "third.out_bias";

    /** Checks the sizes. */
    public HyperHyperNetwork {
        Check.positive("HyperHyperNetwork: hidden", hidden);
        Check.positive("HyperHyperNetwork: width", width);
        Check.positive("HyperHyperNetwork: units", units);
        Check.positive("HyperHyperNetwork: outputs", outputs);
    }

    /**
     * Adds the networks and the weights of the first: {@code attention}, {@code second.weight} [K·S, E], {@code third.in.weight}
     * [units·I·K, E], {@code third.in_bias.weight} [units·K, E], {@code third.out.weight} [O·units·K, E] and {@code
     * third.out_bias.weight} [O·K, E].
     *
     * @param condition {@code [B, M, E]}, E at least 2
     * @param instance {@code [B, S]}, s, S at least 2: selects one of several networks under the same condition
     * @param x {@code [B, N, I]}
     * @return values {@code [B, N, O]}, weights {@code [B, 1, M]}, attention to the condition
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public AttentionOutput build(Scope scope, Value condition, Value instance, Value x) {
        check(condition, instance, x);
        int batch = x.shape().dim(0);
        int inputs = x.shape().dim(2);
        int size = instance.shape().dim(1);
        Value asks = x.graph().fill(1, batch, 1, 1);
        AttentionOutput read = new AdditiveAttention(hidden).build(scope.child("attention"), asks, condition);
        Value z = norm(read.values().reshape(batch, condition.shape().dim(2))); // [B, E]
        Value a = emit(scope, SECOND, z, width * size).reshape(batch, width, size);
        Value v = a.matmul(norm(instance).reshape(batch, size, 1)).relu(); // [B, K, 1]
        Value in = third(scope, IN, z, v, units * inputs).reshape(batch, units, inputs);
        Value out = third(scope, OUT, z, v, outputs * units).reshape(batch, outputs, units);
        Value inBias = third(scope, IN_BIAS, z, v, units).reshape(batch, 1, units);
        Value outBias = third(scope, OUT_BIAS, z, v, outputs).reshape(batch, 1, outputs);
        Value between = x.matmul(in, false, true).add(inBias).relu(); // [B, N, units]
        Value y = between.matmul(out, false, true).add(outBias); // [B, N, O]
        return read.withValues(y);
    }

    /**
     * Initializer of a weight of this block.
     *
     * @param name of the weight, with or without the scope it was built in
     * @throws IllegalArgumentException when the block has no such weight
     */
    public Initializer initializer(String name) {
        if (name.endsWith(SECOND + ".weight")) { // Var = 2/(S·E)
            return shape -> normal(2.0 * width / shape.size());
        }
        if (name.endsWith(IN + ".weight")) { // Var = 2/(I·K·E)
            return shape -> normal(2.0 * units / shape.size());
        }
        if (name.endsWith(OUT + ".weight")) { // Var = 1/(units·K·E)
            return shape -> normal((double) outputs / shape.size());
        }
        if (name.endsWith("_bias.weight") || name.endsWith("keys.bias")) {
            return Initializers.zeros();
        }
        if (name.endsWith("query.weight") || name.endsWith("keys.weight") || name.endsWith("score.weight")) {
            return Initializers.xavierUniform();
        }
        throw new IllegalArgumentException(
                "HyperHyperNetwork: the weight must be one that build asks for, got \"" + name + "\"");
    }

    private static Initializer.Draw normal(double variance) {
        return random -> (float) (Math.sqrt(variance) * random.nextGaussian());
    }

    /** Adds weights of the third network: H v with H = Q z. */
    private Value third(Scope scope, String name, Value z, Value v, int count) {
        int batch = z.shape().dim(0);
        return emit(scope, name, z, count * width).reshape(batch, count, width).matmul(v); // [B, count, 1]
    }

    private static Value emit(Scope scope, String name, Value z, int count) {
        return new LinearLayer(count, false).build(scope.child(name), z);
    }

    private static Value norm(Value x) {
        int size = x.shape().dim(-1);
        return x.layerNorm(x.graph().fill(1, size), x.graph().fill(0, size), EPSILON);
    }

    private static void check(Value condition, Value instance, Value x) {
        Shape c = condition.shape();
        Shape s = instance.shape();
        boolean fits = c.rank() == 3
                && s.rank() == 2
                && x.shape().rank() == 3
                && c.dim(2) > 1
                && s.dim(1) > 1
                && c.dim(0) == s.dim(0)
                && c.dim(0) == x.shape().dim(0);
        if (!fits) {
            throw new IllegalArgumentException("HyperHyperNetwork: the condition must be [B, M, E], the instance [B, S]"
                    + " and x [B, N, I] of one batch, E and S at least 2, got " + c + ", " + s + " and " + x.shape());
        }
    }
}
