package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Conv2dInputGradient;
import org.fovea.core.graph.Conv2dWeightGradient;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/** Convolution and its transposes, images laid out with the channels innermost. */
final class ConvolutionLowering {
    /**
     * Minimum number of channels for which the weight's derivative is computed in bfloat16: for fewer, oneDNN's bfloat16 kernel
     * waits in spinning barriers, which took 1,000 ms instead of 6 while another process used the cores.
     */
    private static final int LEAST_NARROW_CHANNELS = 16;

    private ConvolutionLowering() {}

    private record Window(long[] strides, long[] dilations, long[] padsBefore, long[] padsBehind) {
        static Window of(ConvWindow w) {
            return new Window(
                    new long[] {w.strideHeight(), w.strideWidth()},
                    new long[] {w.dilationHeight() - 1, w.dilationWidth() - 1},
                    new long[] {w.padTop(), w.padLeft()},
                    new long[] {w.padBottom(), w.padRight()});
        }
    }

    /** Sizes of a weight for oneDNN: with an axis for the groups if there are any. */
    private static int[] weightSizes(Shape w, int groups) {
        int[] s = w.toArray();
        return groups == 1 ? s : new int[] {groups, s[0] / groups, s[1], s[2], s[3]};
    }

    private static memory.desc any(int[] sizes, ElementType type) {
        return new memory.desc(View.longs(sizes), type.code, memory.format_tag.any);
    }

    private static convolution_forward.primitive_desc description(
            Lowering to,
            prop_kind kind,
            ConvWindow window,
            memory.desc x,
            memory.desc w,
            View bias,
            memory.desc y,
            primitive_attr attributes) {
        Window at = Window.of(window);
        return bias == null
                ? new convolution_forward.primitive_desc(
                        to.runtime.engine,
                        kind,
                        algorithm.convolution_direct,
                        x,
                        w,
                        y,
                        at.strides,
                        at.dilations,
                        at.padsBefore,
                        at.padsBehind,
                        attributes,
                        false)
                : new convolution_forward.primitive_desc(
                        to.runtime.engine,
                        kind,
                        algorithm.convolution_direct,
                        x,
                        w,
                        bias.desc(),
                        y,
                        at.strides,
                        at.dilations,
                        at.padsBefore,
                        at.padsBehind,
                        attributes,
                        false);
    }

    /** Forward description, which a backward primitive needs. */
    private static convolution_forward.primitive_desc hint(
            Lowering to, ConvWindow window, memory.desc x, memory.desc w, memory.desc y) {
        return description(to, prop_kind.forward_training, window, x, w, null, y, Lowering.attributes());
    }

    /** Adds a convolution and the operations fused with it. */
    static void forward(Lowering to, Node last, Fusion.Epilogue fused) {
        Node node = fused.head();
        ConvWindow window = ((Conv2d) node.op()).window();
        ElementType type = to.types.productType();
        View y = Images.result(to, last.outputs().get(0));
        if (y.count() == 0) {
            return;
        }
        View x = Images.channelsInside(to, type, to.of(node.input(0)));
        View bias = node.inputs().size() == 3 ? to.plain(node.input(2)) : null;
        int[] sizes = weightSizes(node.input(1).shape(), window.groups());
        prop_kind kind = to.state == null ? prop_kind.forward_inference : prop_kind.forward_training;
        Images.Fused epilogue = Images.Fused.of(to, fused);
        var description = description(
                to, kind, window, Images.desc(x), any(sizes, type), bias, Images.desc(y), epilogue.attributes());
        Step.Arg weight = weight(to, node.input(1), sizes, description.weights_desc());
        Step.Arg src = Images.arg(DNNL_ARG_SRC, x);
        Step.Arg dst = Images.arg(DNNL_ARG_DST, y);
        if (bias == null) {
            to.step(description, epilogue.with(src, weight, dst));
        } else {
            to.step(description, epilogue.with(src, weight, dst, Step.Arg.of(DNNL_ARG_BIAS, bias)));
        }
    }

    /** Weight in the layout that the primitive chose: packed once for a parameter, else in every run. */
    private static Step.Arg weight(Lowering to, Value value, int[] sizes, memory.desc wanted) {
        if (to.state == null && value.node().op() instanceof Parameter parameter) {
            String key = parameter.name() + ":conv:" + wanted.get_size() + ":" + wanted.get_data_type();
            WeightStore.Packed packed =
                    to.weights.use(key, () -> WeightLowering.packKernel(to, parameter, View.longs(sizes), wanted));
            if (packed.desc.equals(wanted)) {
                return new Step.Arg(DNNL_ARG_WEIGHTS, packed.view(ElementType.BYTES, 1), packed.desc);
            }
        }
        return reordered(to, DNNL_ARG_WEIGHTS, to.plain(value).reshape(sizes), wanted);
    }

    /** Copy of a view in the layout that a primitive chose. */
    private static Step.Arg reordered(Lowering to, int number, View from, memory.desc wanted) {
        View copy = to.temporary(ElementType.BYTES, Math.toIntExact(wanted.get_size()));
        move(to, Step.Arg.of(DNNL_ARG_FROM, from), new Step.Arg(DNNL_ARG_TO, copy, wanted));
        return new Step.Arg(number, copy, wanted);
    }

    private static void move(Lowering to, Step.Arg from, Step.Arg target) {
        var description = new reorder.primitive_desc(
                to.runtime.engine, from.desc(), to.runtime.engine, target.desc(), Lowering.attributes(), false);
        long scratch = description.scratchpad_desc().get_size();
        to.step(description.impl_info_str().getString(), to.own(new reorder(description)), scratch, from, target);
    }

    static void inputGradient(Lowering to, Node node) {
        ConvWindow window = ((Conv2dInputGradient) node.op()).window();
        Window at = Window.of(window);
        Value out = node.outputs().get(0);
        ElementType type = to.types.productType();
        View dx = Images.result(to, out);
        if (dx.count() == 0) {
            return;
        }
        View dy = Images.channelsInside(to, type, to.of(node.input(1)));
        int[] sizes = weightSizes(node.input(0).shape(), window.groups());
        memory.desc any = any(sizes, type);
        var description = new convolution_backward_data.primitive_desc(
                to.runtime.engine,
                algorithm.convolution_direct,
                Images.desc(dx),
                any,
                Images.desc(dy),
                at.strides,
                at.dilations,
                at.padsBefore,
                at.padsBehind,
                hint(to, window, Images.desc(dx.as(type)), any, Images.desc(dy)),
                Lowering.attributes(),
                false);
        to.step(
                description,
                Images.arg(DNNL_ARG_DIFF_DST, dy),
                weight(to, node.input(0), sizes, description.weights_desc()),
                Images.arg(DNNL_ARG_DIFF_SRC, dx));
    }

    static void weightGradient(Lowering to, Node node) {
        ConvWindow window = ((Conv2dWeightGradient) node.op()).window();
        Window at = Window.of(window);
        boolean few = node.input(0).shape().dim(1) < LEAST_NARROW_CHANNELS;
        ElementType type = few ? ElementType.F32 : to.types.productType();
        View dw = to.result(node.outputs().get(0));
        if (dw.count() == 0) {
            return;
        }
        View x = Images.channelsInside(to, type, to.of(node.input(0)));
        View dy = Images.channelsInside(to, type, to.of(node.input(1)));
        if (x.count() == 0) {
            Loops.fill(to, dw, 0);
            return;
        }
        int[] sizes = weightSizes(node.outputs().get(0).shape(), window.groups());
        var description = new convolution_backward_weights.primitive_desc(
                to.runtime.engine,
                algorithm.convolution_direct,
                Images.desc(x),
                any(sizes, ElementType.F32),
                Images.desc(dy),
                at.strides,
                at.dilations,
                at.padsBefore,
                at.padsBehind,
                hint(to, window, Images.desc(x), any(sizes, type), Images.desc(dy)),
                Lowering.attributes(),
                false);
        memory.desc chosen = description.diff_weights_desc();
        View blocked = to.temporary(ElementType.BYTES, Math.toIntExact(chosen.get_size()));
        to.step(
                description,
                Images.arg(DNNL_ARG_SRC, x),
                Images.arg(DNNL_ARG_DIFF_DST, dy),
                new Step.Arg(DNNL_ARG_DIFF_WEIGHTS, blocked, chosen));
        move(to, new Step.Arg(DNNL_ARG_FROM, blocked, chosen), Step.Arg.of(DNNL_ARG_TO, dw.reshape(sizes)));
    }
}
