package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.fovea.core.backend.Precision;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;

/**
 * Linear maps with their epilogues: one product with packed weights; bias, activation and residual sum ride on it.
 *
 * <p>At {@link Precision#INT8} each row of the activations is scaled by its largest magnitude to 8 bits, and the product
 * scaled back per row and per output channel. The bias cannot come first then, so everything is an epilogue.
 */
final class LinearLowering {
    private LinearLowering() {}

    static void lower(Lowering to, Node last) {
        Fusion.Epilogue fused = to.fusion.epilogue(last);
        Node linear = fused.linear();
        Value out = last.outputs().get(0);
        if (out.shape().size() == 0) {
            to.result(out);
            return;
        }
        int in = linear.input(1).shape().dim(1);
        int rows = Math.toIntExact(linear.input(0).shape().size() / Math.max(1, in));
        boolean packed = linear.input(1).node().op() instanceof Parameter;
        boolean scaled = to.precision == Precision.INT8 && packed && isHidden(linear);
        View x = rows(to, to.of(linear.input(0)), rows, in);
        if (scaled) {
            new Product(to, fused, out, rows).scaled(x);
        } else {
            new Product(to, fused, out, rows).plain(to.as(to.types.productType(), x));
        }
    }

    /** The maps that make the results keep their precision: the last bits of a label's score count. */
    private static boolean isHidden(Node linear) {
        return !linear.graph().outputs().containsValue(linear.outputs().get(0));
    }

    /** x as a matrix whose rows lie one after the other or apart, each row dense. */
    private static View rows(Lowering to, View x, int rows, int in) {
        View matrix = x.reshape(rows, in);
        if (matrix != null && (matrix.strides()[1] == 1 || in == 1) && matrix.strides()[0] >= in) {
            return matrix;
        }
        return to.dense(x).reshape(rows, in);
    }

    /** One product in the making: its epilogues in oneDNN's terms. */
    private static final class Product {
        private final Lowering to;
        private final Fusion.Epilogue fused;
        private final Value out;
        private final int rows;
        private final int in;
        private final int width;
        private final post_ops epilogues = new post_ops();
        private final List<Step.Arg> args = new ArrayList<>();
        private final primitive_attr attributes = Lowering.attributes();
        private int epilogueCount;

        Product(Lowering to, Fusion.Epilogue fused, Value out, int rows) {
            this.to = to;
            this.fused = fused;
            this.out = out;
            this.rows = rows;
            this.in = fused.linear().input(1).shape().dim(1);
            this.width = fused.linear().input(1).shape().dim(0);
        }

        void plain(View x) {
            View bias = bias();
            activation();
            residual(rows, width);
            attributes.set_post_ops(epilogues);
            View y = to.result(out).reshape(rows, width);
            memory.desc weight = weightView(x.type());
            memory.desc any = new memory.desc(new long[] {in, width}, x.type().code, memory.format_tag.any);
            Weight chosen = weight(
                    x.type(),
                    weight != null ? weight : any,
                    w -> bias == null
                            ? new matmul.primitive_desc(to.runtime.engine, x.desc(), w, y.desc(), attributes, false)
                            : new matmul.primitive_desc(
                                    to.runtime.engine, x.desc(), w, bias.desc(), y.desc(), attributes, false));
            args.add(Step.Arg.of(DNNL_ARG_SRC, x));
            args.add(chosen.arg);
            args.add(Step.Arg.of(DNNL_ARG_DST, y));
            if (bias != null) {
                args.add(Step.Arg.of(DNNL_ARG_BIAS, bias));
            }
            to.step(chosen.description, args.toArray(Step.Arg[]::new));
        }

        void scaled(View x) {
            QuantisedRows source = QuantisedRows.of(to, x);
            binary(algorithm.binary_mul, source.scales().reshape(1, rows, 1));
            View bias = bias();
            if (bias != null) {
                binary(algorithm.binary_add, bias.reshape(1, 1, width));
            }
            activation();
            residual(1, rows, width);
            attributes.set_post_ops(epilogues);
            attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1 << 2);
            View values = source.values().reshape(1, rows, in);
            View y = to.result(out).reshape(1, rows, width);
            memory.desc any = new memory.desc(new long[] {1, in, width}, ElementType.S8.code, memory.format_tag.any);
            Weight chosen = weight(
                    ElementType.S8,
                    any,
                    w -> new matmul.primitive_desc(to.runtime.engine, values.desc(), w, y.desc(), attributes, false));
            args.add(Step.Arg.of(DNNL_ARG_SRC, values));
            args.add(chosen.arg);
            args.add(Step.Arg.of(DNNL_ARG_DST, y));
            View scales = View.dense(
                    Storage.shared(chosen.packed.scales, chosen.packed.scales.capacity()), ElementType.F32, width);
            args.add(Step.Arg.of(DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, scales));
            to.step(chosen.description, args.toArray(Step.Arg[]::new));
        }

        private View bias() {
            Node linear = fused.linear();
            return linear.inputs().size() == 3 ? to.plain(linear.input(2)).reshape(1, width) : null;
        }

        private void activation() {
            if (fused.activation() != null) {
                Activation a = Activation.of(fused.activation());
                epilogues.append_eltwise(a.kind(), a.alpha(), a.beta());
                epilogueCount++;
            }
        }

        private void residual(int... sizes) {
            if (fused.residual() != null) {
                binary(algorithm.binary_add, to.dense(to.of(fused.residual())).reshape(sizes));
            }
        }

        private void binary(algorithm kind, View other) {
            epilogues.append_binary(kind, other.desc());
            epilogueCount++;
            args.add(Step.Arg.of(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * epilogueCount | DNNL_ARG_SRC_1, other));
        }

        /** The layout of a weight that the graph computes, or null for a parameter. */
        private memory.desc weightView(ElementType type) {
            Value weight = fused.linear().input(1);
            return weight.node().op() instanceof Parameter
                    ? null
                    : to.as(type, to.of(weight)).transposed().desc();
        }

        private interface Describe {
            matmul.primitive_desc with(memory.desc weight);
        }

        private Weight weight(ElementType type, memory.desc wanted, Describe describe) {
            Value value = fused.linear().input(1);
            if (!(value.node().op() instanceof Parameter parameter)) {
                View view = to.as(type, to.of(value)).transposed();
                return new Weight(describe.with(view.desc()), Step.Arg.of(DNNL_ARG_WEIGHTS, view), null);
            }
            String key = parameter.name() + ":" + type;
            WeightStore.Packed known = to.weights.find(key);
            if (known != null) {
                matmul.primitive_desc description = tryDescribe(describe, known.desc);
                if (description != null) {
                    return packed(key, type, known.desc, description, parameter);
                }
            }
            matmul.primitive_desc description = describe.with(wanted);
            String ownKey = known == null ? key : key + ":" + rows;
            return packed(ownKey, type, description.weights_desc(), description, parameter);
        }

        /** The product on weights as an earlier program packed them, or null where that would be slow. */
        private static matmul.primitive_desc tryDescribe(Describe describe, memory.desc desc) {
            matmul.primitive_desc description;
            try {
                description = describe.with(desc);
            } catch (RuntimeException e) {
                return null;
            }
            return description.impl_info_str().getString().startsWith("ref") ? null : description;
        }

        private Weight packed(
                String key,
                ElementType type,
                memory.desc desc,
                matmul.primitive_desc description,
                Parameter parameter) {
            WeightStore.Packed packed = to.weights.use(key, () -> WeightLowering.pack(to, parameter, type, desc));
            View view = packed.view(type, in, width);
            return new Weight(description, new Step.Arg(DNNL_ARG_WEIGHTS, view, packed.desc), packed);
        }
    }

    private record Weight(matmul.primitive_desc description, Step.Arg arg, WeightStore.Packed packed) {}
}
