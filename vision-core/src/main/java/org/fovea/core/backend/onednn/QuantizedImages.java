package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.reduction;

/**
 * Activations as 8-bit integers, each image of a batch on its own scale: x[b, i] ≈ scale[b]·v[b, i] with scale[b] = max|x[b,
 * ·]|/127.
 *
 * <p>A scale per image and not per batch, so that an image's result does not depend on its neighbors; not per row,
 * because oneDNN 3.11 crashes in its fast kernel when a product has an epilogue that broadcasts along rows next to others.
 *
 * @param values S8 {@code [images, elements of one]}
 * @param scales F32 {@code [images, 1]}
 */
record QuantizedImages(View values, View scales) {
    private static final float LARGEST = 127;

    static QuantizedImages of(Lowering to, View x) {
        int images = x.sizes()[0];
        View largest = extreme(to, x, algorithm.reduction_max);
        View smallest = extreme(to, x, algorithm.reduction_min);
        View scales = to.temporary(ElementType.F32, images, 1);
        to.loop(arrays -> scale(arrays.floats(0), arrays.floats(1), arrays.floats(2)), largest, smallest, scales);
        View values = to.temporary(ElementType.S8, x.sizes());
        var divide = new binary.primitive_desc(
                to.runtime.engine,
                algorithm.binary_div,
                x.desc(),
                scales.desc(),
                values.desc(),
                Lowering.attributes(),
                false);
        to.step(
                divide,
                Step.Arg.of(DNNL_ARG_SRC_0, x),
                Step.Arg.of(DNNL_ARG_SRC_1, scales),
                Step.Arg.of(DNNL_ARG_DST, values));
        return new QuantizedImages(values, scales);
    }

    private static View extreme(Lowering to, View x, algorithm kind) {
        View out = to.temporary(ElementType.F32, x.sizes()[0], 1);
        var reduce = new reduction.primitive_desc(
                to.runtime.engine, kind, x.desc(), out.desc(), 0f, 0f, Lowering.attributes(), false);
        to.step(reduce, Step.Arg.of(DNNL_ARG_SRC, x), Step.Arg.of(DNNL_ARG_DST, out));
        return out;
    }

    private static void scale(FloatBuffer largest, FloatBuffer smallest, FloatBuffer scales) {
        for (int r = 0; r < scales.capacity(); r++) {
            float magnitude = Math.max(largest.get(r), -smallest.get(r));
            scales.put(r, magnitude == 0 ? 1 : magnitude / LARGEST);
        }
    }
}
