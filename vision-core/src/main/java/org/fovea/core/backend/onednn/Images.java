package org.fovea.core.backend.onednn;

import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.fovea.core.graph.Value;

/** Images {@code [B, C, H, W]} with the channels innermost in memory, as convolutions and pooling are fastest. */
final class Images {
    private static final int[] CHANNELS_INSIDE = {0, 2, 3, 1};

    private Images() {}

    /** Image with the channels innermost in memory, copied if its layout or type differs. */
    static View channelsInside(Lowering to, ElementType type, View x) {
        return to.arranged(x, type, CHANNELS_INSIDE);
    }

    /**
     * Describes to oneDNN an image with the channels innermost. A single channel must be described as innermost too: given the
     * stride of a plane, oneDNN takes the channels for the outer axis and uses only its slow reference kernel.
     */
    static memory.desc desc(View image) {
        long[] s = image.permute(CHANNELS_INSIDE).plainStrides();
        return new memory.desc(View.longs(image.sizes()), image.type().code, new long[] {s[0], s[3], s[1], s[2]});
    }

    /** Argument of a primitive for an image described with {@link #desc}. */
    static Step.Arg arg(int number, View image) {
        return new Step.Arg(number, image, desc(image));
    }

    /**
     * Fused epilogues of a step whose images have the channels innermost.
     *
     * @param attributes attributes of the step
     * @param residual argument that is added, or null
     */
    record Fused(primitive_attr attributes, Step.Arg residual) {
        static Fused of(Lowering to, Fusion.Epilogue epilogue) {
            primitive_attr attributes = Lowering.attributes();
            View added = epilogue.residual() == null ? null : to.of(epilogue.residual());
            View inside = added == null ? null : channelsInside(to, added.type(), added);
            int[] number = new int[1];
            attributes.set_post_ops(Epilogues.of(epilogue, inside == null ? null : desc(inside), n -> number[0] = n));
            return new Fused(attributes, inside == null ? null : arg(number[0], inside));
        }

        /** All arguments of the step. */
        Step.Arg[] with(Step.Arg... others) {
            return residual == null
                    ? others
                    : Stream.concat(Stream.of(others), Stream.of(residual)).toArray(Step.Arg[]::new);
        }
    }

    /** Allocates memory for a node's value, in the type chosen for it. */
    static View result(Lowering to, Value value) {
        View view =
                to.temporary(to.types.of(value), CHANNELS_INSIDE, value.shape().toArray());
        to.bind(value, view);
        return view;
    }
}
