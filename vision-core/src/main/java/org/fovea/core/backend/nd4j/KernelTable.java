package org.fovea.core.backend.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.fovea.core.graph.AdamW;
import org.fovea.core.graph.Affine;
import org.fovea.core.graph.ArgMax;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.AttentionGradient;
import org.fovea.core.graph.BatchNorm;
import org.fovea.core.graph.BatchNormGradient;
import org.fovea.core.graph.Binary;
import org.fovea.core.graph.Broadcast;
import org.fovea.core.graph.Concat;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Conv2dInputGradient;
import org.fovea.core.graph.Conv2dWeightGradient;
import org.fovea.core.graph.CrossEntropy;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Fill;
import org.fovea.core.graph.Gather;
import org.fovea.core.graph.Gelu;
import org.fovea.core.graph.GeluGradient;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.GridSampleGradient;
import org.fovea.core.graph.GroupNorm;
import org.fovea.core.graph.GroupNormGradient;
import org.fovea.core.graph.LayerNorm;
import org.fovea.core.graph.LayerNormGradient;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.LogSoftmax;
import org.fovea.core.graph.MatMul;
import org.fovea.core.graph.MomentumSgd;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Pad;
import org.fovea.core.graph.Permute;
import org.fovea.core.graph.Pool2d;
import org.fovea.core.graph.Pool2dGradient;
import org.fovea.core.graph.Reduce;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.Resize2dGradient;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.ScatterUpdate;
import org.fovea.core.graph.Select;
import org.fovea.core.graph.Slice;
import org.fovea.core.graph.Softmax;
import org.fovea.core.graph.SoftmaxGradient;
import org.fovea.core.graph.Unary;
import org.fovea.core.graph.UnaryGradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Table of the kernels by operation. */
final class KernelTable {
    private static final Map<Class<? extends Op>, Kernel<Op>> KERNELS = build();

    private KernelTable() {}

    static List<INDArray> run(Op op, Call call) {
        Kernel<Op> kernel = KERNELS.get(op.getClass());
        if (kernel == null) {
            throw new IllegalStateException("nd4j: there is no kernel for " + op);
        }
        return kernel.run(op, call);
    }

    /** Operations that have kernels. */
    static Set<Class<? extends Op>> operations() {
        return KERNELS.keySet();
    }

    private static Map<Class<? extends Op>, Kernel<Op>> build() {
        Builder table = new Builder();
        table.one(Fill.class, ElementwiseKernels::fill);
        table.one(Unary.class, ElementwiseKernels::unary);
        table.one(Binary.class, ElementwiseKernels::binary);
        table.one(Affine.class, ElementwiseKernels::affine);
        table.one(Select.class, ElementwiseKernels::select);
        table.one(Dropout.class, ElementwiseKernels::dropout);
        table.one(Gelu.class, GeluKernels::gelu);
        table.one(GeluGradient.class, GeluKernels::gradient);
        table.one(MatMul.class, MatrixKernels::matmul);
        table.one(Linear.class, MatrixKernels::linear);
        table.one(Permute.class, LayoutKernels::permute);
        table.one(Slice.class, LayoutKernels::slice);
        table.one(Pad.class, LayoutKernels::pad);
        table.one(Concat.class, LayoutKernels::concat);
        table.one(Broadcast.class, LayoutKernels::broadcast);
        table.one(Gather.class, GatherKernels::gather);
        table.one(ScatterAdd.class, GatherKernels::scatterAdd);
        table.one(ScatterUpdate.class, GatherKernels::scatterUpdate);
        table.one(Reduce.class, ReduceKernels::reduce);
        table.one(ArgMax.class, ReduceKernels::argMax);
        table.one(Softmax.class, SoftmaxKernels::softmax);
        table.one(SoftmaxGradient.class, SoftmaxKernels::gradient);
        table.one(LogSoftmax.class, SoftmaxKernels::logSoftmax);
        table.one(CrossEntropy.class, SoftmaxKernels::crossEntropy);
        table.one(LayerNorm.class, NormKernels::layerNorm);
        table.many(LayerNormGradient.class, NormKernels::layerNormGradient);
        table.many(BatchNorm.class, NormKernels::batchNorm);
        table.many(BatchNormGradient.class, NormKernels::batchNormGradient);
        table.one(GroupNorm.class, NormKernels::groupNorm);
        table.many(GroupNormGradient.class, NormKernels::groupNormGradient);
        table.many(Attention.class, AttentionKernels::attention);
        table.many(AttentionGradient.class, AttentionKernels::gradient);
        table.one(Conv2d.class, ConvolutionKernels::convolve);
        table.one(Conv2dInputGradient.class, ConvolutionKernels::inputGradient);
        table.one(Conv2dWeightGradient.class, ConvolutionKernels::weightGradient);
        table.one(Pool2d.class, PoolKernels::pool);
        table.one(Pool2dGradient.class, PoolKernels::gradient);
        table.one(Resize2d.class, ResizeKernels::resize);
        table.one(Resize2dGradient.class, ResizeKernels::gradient);
        table.one(GridSample.class, GridKernels::sample);
        table.many(GridSampleGradient.class, GridKernels::gradient);
        table.many(AdamW.class, TrainingKernels::adamW);
        table.many(MomentumSgd.class, TrainingKernels::momentumSgd);
        table.one(UnaryGradient.class, TrainingKernels::unaryGradient);
        return Map.copyOf(table.kernels);
    }

    private static final class Builder {
        private final Map<Class<? extends Op>, Kernel<Op>> kernels = new HashMap<>();

        <T extends Op> void one(Class<T> type, BiFunction<T, Call, INDArray> kernel) {
            many(type, (op, call) -> List.of(kernel.apply(op, call)));
        }

        <T extends Op> void many(Class<T> type, Kernel<T> kernel) {
            kernels.put(type, (op, call) -> kernel.run(type.cast(op), call));
        }
    }
}
