package org.fovea.core.backend.onednn;

import static java.util.Map.entry;

import java.util.Map;
import org.fovea.core.graph.*;

/** Table of the lowerings by operation. */
final class Lowerings {
    /** Adds the steps of one node to a program. */
    interface Rule {
        void lower(Lowering to, Node node);
    }

    private static final Rule WHEN_USED = (to, node) -> {};

    static final Map<Class<? extends Op>, Rule> RULES = Map.ofEntries(
            entry(
                    Input.class,
                    (to, n) -> to.bindInput(((Input) n.op()).name(), n.outputs().get(0))),
            entry(Parameter.class, WHEN_USED),
            entry(State.class, WHEN_USED),
            entry(Constant.class, WHEN_USED),
            entry(Fill.class, WHEN_USED),
            entry(Unary.class, ElementwiseLowering::unary),
            entry(Binary.class, BinaryLowering::binary),
            entry(Affine.class, ElementwiseLowering::unary),
            entry(Select.class, ElementwiseLowering::select),
            entry(Gelu.class, ElementwiseLowering::unary),
            entry(GeluGradient.class, ElementwiseLowering::geluGradient),
            entry(UnaryGradient.class, ElementwiseLowering::unaryGradient),
            entry(AdamW.class, OptimizerLoops::adamW),
            entry(MomentumSgd.class, OptimizerLoops::momentumSgd),
            entry(MatMul.class, MatMulLowering::lower),
            entry(Linear.class, LinearLowering::lower),
            entry(Reshape.class, LayoutLowering::reshape),
            entry(Detach.class, LayoutLowering::detach),
            entry(Permute.class, LayoutLowering::permute),
            entry(Slice.class, LayoutLowering::slice),
            entry(Pad.class, LayoutLowering::pad),
            entry(Concat.class, LayoutLowering::concat),
            entry(Broadcast.class, LayoutLowering::broadcast),
            entry(Gather.class, IndexLoops::gather),
            entry(ScatterAdd.class, IndexLoops::scatterAdd),
            entry(ScatterUpdate.class, IndexLoops::scatterUpdate),
            entry(Reduce.class, ReductionLowering::reduce),
            entry(ArgMax.class, IndexLoops::argMax),
            entry(Softmax.class, SoftmaxLowering::softmax),
            entry(SoftmaxGradient.class, SoftmaxLowering::gradient),
            entry(LogSoftmax.class, SoftmaxLowering::logSoftmax),
            entry(LayerNorm.class, LayerNormLowering::forward),
            entry(LayerNormGradient.class, LayerNormLowering::gradient),
            entry(BatchNorm.class, BatchNormLowering::forward),
            entry(BatchNormGradient.class, BatchNormLowering::gradient),
            entry(GroupNorm.class, GroupNormLowering::forward),
            entry(GroupNormGradient.class, GroupNormLowering::gradient),
            entry(Attention.class, AttentionLowering::forward),
            entry(AttentionGradient.class, AttentionGradientLowering::gradient),
            entry(Conv2d.class, WHEN_USED),
            entry(Conv2dInputGradient.class, ConvolutionLowering::inputGradient),
            entry(Conv2dWeightGradient.class, ConvolutionLowering::weightGradient),
            entry(Pool2d.class, PoolLowering::forward),
            entry(Pool2dGradient.class, PoolLowering::gradient),
            entry(Resize2d.class, ResizeLowering::forward),
            entry(Resize2dGradient.class, ResizeLowering::gradient),
            entry(GridSample.class, GridSampleLoops::forward),
            entry(GridSampleGradient.class, GridSampleLoops::gradient),
            entry(CrossEntropy.class, LossLoops::crossEntropy),
            entry(Dropout.class, LossLoops::dropout));

    private Lowerings() {}

    static void lower(Lowering to, Node node) {
        Fusion.Epilogue fused = to.fusion.epilogue(node);
        if (fused == null) {
            RULES.get(node.op().getClass()).lower(to, node);
        } else if (fused.head().op() instanceof Linear) {
            LinearLowering.lower(to, node);
        } else if (fused.head().op() instanceof Conv2d) {
            ConvolutionLowering.forward(to, node, fused);
        } else {
            ResizeLowering.resample(to, node, fused);
        }
    }
}
