package org.fovea.core.nn;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.BatchNorm;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;

/**
 * Batch normalization of each channel, y = γ·(x - μ)/√(σ² + ε) + β: in training with the mean and variance of the batch, which
 * running averages follow; in use with those averages.
 *
 * @param momentum fraction of a running average that is kept at each batch, in [0, 1)
 * @param epsilon added to the variance
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, algorithms 1 and 2</a>
 */
public record BatchNormLayer(double momentum, double epsilon) {
    /** Checks the ranges. */
    public BatchNormLayer {
        Check.share("BatchNormLayer: momentum", momentum);
        Check.that(epsilon > 0, "BatchNormLayer: epsilon", "be above 0", epsilon);
    }

    /** Layer with the usual momentum 0.9 and ε 1e-5. */
    public static BatchNormLayer standard() {
        return new BatchNormLayer(0.9, 1e-5);
    }

    /**
     * Adds the operation, its weights {@code scale} and {@code shift}, and {@code running_mean} and {@code running_variance}
     * (without bias), in training with their updates; all [C].
     *
     * @param x {@code [B, C, ...]}, in training with at least two elements per channel
     * @throws IllegalArgumentException when in training a channel has one element, whose variance is unknown
     */
    public Value build(Scope scope, Value x) {
        return scope.isTraining() ? ofBatch(scope, x) : ofAverages(scope, x);
    }

    private Value ofBatch(Scope scope, Value x) {
        Graph graph = x.graph();
        int channels = x.shape().dim(1);
        long each = x.shape().size() / channels;
        if (each < 2) {
            throw new IllegalArgumentException("BatchNormLayer: training needs two elements a channel or more, got "
                    + x.shape() + "; use a larger batch");
        }
        List<Value> out = graph.add(
                        new BatchNorm(epsilon),
                        List.of(x, scope.parameter("scale", channels), scope.parameter("shift", channels)))
                .outputs();
        follow(scope.parameter("running_mean", channels), out.get(1));
        follow(scope.parameter("running_variance", channels), out.get(2).affine(each / (each - 1.0), 0));
        return out.get(0);
    }

    private void follow(Value average, Value now) {
        average.graph().update(average, average.affine(momentum, 0).add(now.affine(1 - momentum, 0)));
    }

    private Value ofAverages(Scope scope, Value x) {
        int channels = x.shape().dim(1);
        int[] sizes = new int[x.shape().rank()];
        Arrays.fill(sizes, 1);
        sizes[1] = channels;
        Map map = map(scope, channels);
        return x.multiply(map.factor.reshape(sizes)).add(map.shift.reshape(sizes));
    }

    /**
     * The map of a channel by the running averages, y = factor·x + shift.
     *
     * @param factor {@code [C]}
     * @param shift {@code [C]}
     */
    record Map(Value factor, Value shift) {}

    /** Affine map of {@link #build} outside training, which a preceding convolution can fold into its weights. */
    Map map(Scope scope, int channels) {
        Value deviation =
                scope.parameter("running_variance", channels).affine(1, epsilon).unary(UnaryKind.SQRT);
        Value factor = scope.parameter("scale", channels).divide(deviation);
        Value shift = scope.parameter("shift", channels)
                .subtract(scope.parameter("running_mean", channels).multiply(factor));
        return new Map(factor, shift);
    }
}
