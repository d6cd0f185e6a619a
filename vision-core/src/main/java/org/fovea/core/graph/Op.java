package org.fovea.core.graph;

import java.util.List;

/**
 * One of the few dozen operations a graph is made of: a record of its attributes that knows its shape rule and its
 * derivative.
 *
 * <p>The Javadoc of each record defines it mathematically; both backends implement exactly that.
 */
public sealed interface Op
        permits Input,
                Parameter,
                State,
                Constant,
                Fill,
                Unary,
                UnaryGradient,
                Binary,
                Affine,
                Select,
                Gelu,
                GeluGradient,
                MatMul,
                Linear,
                Reshape,
                Detach,
                Permute,
                Slice,
                Pad,
                Concat,
                Broadcast,
                Gather,
                ScatterAdd,
                ScatterUpdate,
                Reduce,
                ArgMax,
                Softmax,
                SoftmaxGradient,
                LogSoftmax,
                LayerNorm,
                LayerNormGradient,
                BatchNorm,
                BatchNormGradient,
                GroupNorm,
                GroupNormGradient,
                Attention,
                AttentionGradient,
                Conv2d,
                Conv2dInputGradient,
                Conv2dWeightGradient,
                Pool2d,
                Pool2dGradient,
                Resize2d,
                Resize2dGradient,
                GridSample,
                GridSampleGradient,
                CrossEntropy,
                Dropout,
                AdamW,
                MomentumSgd {
    /**
     * Infers the types of the results from those of the operands.
     *
     * @throws IllegalArgumentException when the operands break the operation's rule
     */
    List<ValueType> infer(List<ValueType> operands);

    /** Adds the gradients of the operands, given those of the results. */
    void gradient(Backprop at);
}
