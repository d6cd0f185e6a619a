package org.fovea.core.backend.nd4j;

import org.fovea.core.tensor.Nd4jKernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The rows of a matrix normalized: x̂ = (x - μ)·r with r = 1/√(σ² + ε); all arrays are temporaries of the call or its
 * operands.
 */
record NormalRows(INDArray normal, INDArray mean, INDArray variance, INDArray rate) {
    static NormalRows of(Call call, INDArray x, double epsilon) {
        INDArray mean = call.temp(Nd4jKernels.rowSums(x)).divi(x.size(1));
        INDArray deviation = call.temp(x.subColumnVector(mean));
        INDArray variance = call.temp(Nd4jKernels.rowSums(call.temp(deviation.mul(deviation))))
                .divi(x.size(1));
        return scaled(call, deviation, mean, variance, epsilon);
    }

    /** Normalizes rows by a given mean and variance. */
    static NormalRows of(Call call, INDArray x, INDArray mean, INDArray variance, double epsilon) {
        return scaled(call, call.temp(x.subColumnVector(mean)), mean, variance, epsilon);
    }

    private static NormalRows scaled(Call call, INDArray deviation, INDArray mean, INDArray variance, double epsilon) {
        INDArray rate = Transforms.sqrt(call.temp(variance.add(epsilon)), false).rdivi(1);
        return new NormalRows(deviation.muliColumnVector(rate), mean, variance, rate);
    }

    /** Derivative dx = r·(g - mean(g) - x̂·mean(g·x̂)) for the gradient g of x̂; a new array. */
    INDArray gradient(Call call, INDArray g) {
        long n = normal.size(1);
        INDArray mean = call.temp(Nd4jKernels.rowSums(g)).divi(n);
        INDArray along =
                call.temp(Nd4jKernels.rowSums(call.temp(g.mul(normal)))).divi(n);
        INDArray pull = call.temp(normal.mulColumnVector(along));
        return g.subColumnVector(mean).subi(pull).muliColumnVector(rate);
    }
}
