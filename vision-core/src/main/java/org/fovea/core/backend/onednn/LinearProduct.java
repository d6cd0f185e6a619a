package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;

/** The product of one linear map while it is prepared: its weight, and its epilogues in oneDNN's terms. */
final class LinearProduct {
    /** Prefix of the names of oneDNN's slow kernels, which accept any layout. */
    private static final String REFERENCE_KERNEL = "ref";

    private final Lowering to;
    private final Fusion.Epilogue fused;
    private final View x;
    private final View y;
    private final Value weight;
    private final primitive_attr attributes = Lowering.attributes();
    private final View bias;
    private final View residual;
    private int residualNumber;

    /** Weights in the form a product reads them, and the product described with it; scales of 8-bit ones, else null. */
    private record Weight(matmul.primitive_desc description, Step.Arg arg, View scales) {}

    /**
     * @param x rows, {@code [rows, in]}
     * @param y {@code [rows, out]}
     * @param bias {@code [1, out]}, or null
     * @param residual summand, {@code [rows, out]}, or null
     */
    private LinearProduct(Lowering to, Fusion.Epilogue fused, View x, View y, View bias, View residual) {
        this.to = to;
        this.fused = fused;
        this.x = x;
        this.y = y;
        this.residual = residual;
        this.bias = bias;
        weight = fused.head().input(1);
        attributes.set_post_ops(epilogues());
    }

    private static View bias(Lowering to, Fusion.Epilogue fused, View y) {
        List<Value> inputs = fused.head().inputs();
        return inputs.size() == 3 ? to.plain(inputs.get(2)).reshape(1, y.sizes()[y.rank() - 1]) : null;
    }

    /** Summand of an epilogue as a matrix, or null. */
    static View residual(Lowering to, Fusion.Epilogue fused, View y) {
        return fused.residual() == null
                ? null
                : to.dense(to.of(fused.residual())).reshape(y.sizes());
    }

    /** Computes y = x·Wᵀ over matrices of 8-bit rows, scaled only by the weight; another step applies the epilogue. */
    static void unfinished(Lowering to, Node linear, View x, View y) {
        LinearProduct product = new LinearProduct(to, new Fusion.Epilogue(linear, null, null, null), x, y, null, null);
        product.attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1 << 1);
        Weight weight = product.weight();
        to.step(weight.description, product.args(weight, x, y, null, null));
    }

    /** Computes y = epilogue(mix·parts + b), which combines rows from parts of the product. */
    static void finished(Lowering to, Fusion.Epilogue fused, View mix, View parts, View residual, View y) {
        LinearProduct product = new LinearProduct(to, fused, mix, y, bias(to, fused, y), residual);
        Weight weight = new Weight(product.describe(parts.desc()), Step.Arg.of(DNNL_ARG_WEIGHTS, parts), null);
        to.step(weight.description, product.args(weight, mix, y, residual, null));
    }

    /** Computes y = epilogue(x·Wᵀ + b) over matrices. */
    static void plain(Lowering to, Fusion.Epilogue fused, View x, View y) {
        View residual = residual(to, fused, y);
        LinearProduct product = new LinearProduct(to, fused, x, y, bias(to, fused, y), residual);
        Weight weight = product.weight();
        to.step(weight.description, product.args(weight, x, y, residual, null));
    }

    /** Computes the product on 8-bit integers, image by image, with {@code rows} rows each. */
    static void scaled(Lowering to, Fusion.Epilogue fused, QuantizedImages x, int rows, View y) {
        int images = x.scales().sizes()[0];
        int in = x.values().sizes()[1] / rows;
        int out = y.sizes()[y.rank() - 1];
        View allX = x.values().reshape(images, rows, in);
        View allY = y.reshape(images, rows, out);
        View allResiduals = residual(to, fused, allY);
        LinearProduct product = new LinearProduct(
                to,
                fused,
                image(allX, 0),
                image(allY, 0),
                bias(to, fused, y),
                allResiduals == null ? null : image(allResiduals, 0));
        product.attributes.set_scales_mask(DNNL_ARG_SRC, 0);
        product.attributes.set_scales_mask(DNNL_ARG_WEIGHTS, 1 << 1);
        Weight weight = product.weight();
        primitive shared = to.own(new primitive(weight.description));
        long scratch = weight.description.scratchpad_desc().get_size();
        String implementation = weight.description.impl_info_str().getString();
        for (int b = 0; b < images; b++) {
            View residual = allResiduals == null ? null : image(allResiduals, b);
            View scale = x.scales().slice(0, b, b + 1).reshape(1);
            Step.Arg[] args = product.args(weight, image(allX, b), image(allY, b), residual, scale);
            to.step(implementation, shared, scratch, args);
        }
    }

    private static View image(View batch, int index) {
        return batch.slice(0, index, index + 1).reshape(batch.sizes()[1], batch.sizes()[2]);
    }

    private post_ops epilogues() {
        return Epilogues.of(fused, residual == null ? null : residual.desc(), number -> residualNumber = number);
    }

    private Step.Arg[] args(Weight weight, View rows, View result, View added, View scale) {
        List<Step.Arg> args = new ArrayList<>();
        args.add(Step.Arg.of(DNNL_ARG_SRC, rows));
        args.add(weight.arg);
        args.add(Step.Arg.of(DNNL_ARG_DST, result));
        if (bias != null) {
            args.add(Step.Arg.of(DNNL_ARG_BIAS, bias));
        }
        if (added != null) {
            args.add(Step.Arg.of(residualNumber, added));
        }
        if (scale != null) {
            args.add(Step.Arg.of(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, scale));
        }
        if (weight.scales != null) {
            args.add(Step.Arg.of(DNNL_ARG_ATTR_SCALES | DNNL_ARG_WEIGHTS, weight.scales));
        }
        return args.toArray(Step.Arg[]::new);
    }

    private matmul.primitive_desc describe(memory.desc w) {
        return bias == null
                ? new matmul.primitive_desc(to.runtime.engine, x.desc(), w, y.desc(), attributes, false)
                : new matmul.primitive_desc(to.runtime.engine, x.desc(), w, bias.desc(), y.desc(), attributes, false);
    }

    /** Weight as an earlier program packed it if that is fast for this product, else packed anew. */
    private Weight weight() {
        if (to.state != null || !(weight.node().op() instanceof Parameter parameter)) {
            View view = to.as(x.type(), to.of(weight)).transposed();
            return new Weight(describe(view.desc()), Step.Arg.of(DNNL_ARG_WEIGHTS, view), null);
        }
        WeightLowering.check(to, parameter);
        String key = parameter.name() + ":" + x.type();
        WeightStore.Packed known = to.weights.find(key);
        if (known == null) {
            matmul.primitive_desc description = describe(anyLayout());
            Weight mine = packed(key, description.weights_desc(), description, parameter);
            if (mine.arg.desc().equals(description.weights_desc())) {
                return mine;
            }
            known = to.weights.find(key); // another program has packed it meanwhile, for its own product
        }
        matmul.primitive_desc description = tryDescribe(known.desc);
        if (description != null) {
            return packed(key, known.desc, description, parameter);
        }
        matmul.primitive_desc own = describe(anyLayout());
        return packed(key + ":" + x.sizes()[0], own.weights_desc(), own, parameter);
    }

    private memory.desc anyLayout() {
        return new memory.desc(new long[] {x.sizes()[1], y.sizes()[1]}, x.type().code, memory.format_tag.any);
    }

    private matmul.primitive_desc tryDescribe(memory.desc desc) {
        matmul.primitive_desc description;
        try {
            description = describe(desc);
        } catch (RuntimeException e) {
            if (!isUnimplemented(to.runtime, x.desc(), desc, bias == null ? null : bias.desc(), y.desc(), attributes)) {
                throw e;
            }
            return null;
        }
        return description.impl_info_str().getString().startsWith(REFERENCE_KERNEL) ? null : description;
    }

    /**
     * Returns whether oneDNN cannot describe the product because it is not implemented; lack of memory is another possible
     * reason.
     */
    static boolean isUnimplemented(
            Runtime runtime, memory.desc x, memory.desc w, memory.desc bias, memory.desc y, primitive_attr attributes) {
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        int status = dnnl_matmul_primitive_desc_create(
                made,
                runtime.engine.get(),
                x.get(),
                w.get(),
                bias == null ? null : bias.get(),
                y.get(),
                attributes.get());
        if (status == dnnl_success) {
            dnnl_primitive_desc_destroy(made);
        }
        return status == dnnl_unimplemented;
    }

    private Weight packed(String key, memory.desc desc, matmul.primitive_desc description, Parameter parameter) {
        WeightStore.Packed packed = to.weights.use(key, () -> WeightLowering.pack(to, parameter, x.type(), desc));
        View view = packed.view(x.type(), x.sizes()[1], y.sizes()[1]);
        View scales = packed.scales == null
                ? null
                : View.dense(Storage.shared(packed.scales, packed.scales.capacity()), ElementType.F32, y.sizes()[1]);
        return new Weight(description, new Step.Arg(DNNL_ARG_WEIGHTS, view, packed.desc), scales);
    }
}
