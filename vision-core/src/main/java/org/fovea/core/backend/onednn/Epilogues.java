package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.function.IntConsumer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.fovea.core.graph.Op;

/** Operations that follow another in its own step, in oneDNN's terms. */
final class Epilogues {
    private Epilogues() {}

    /**
     * Creates the post-operations.
     *
     * @param residual memory layout of the sum's other term, or null
     * @param residualNumber receives the number of its argument
     */
    static post_ops of(Fusion.Epilogue fused, memory.desc residual, IntConsumer residualNumber) {
        post_ops out = new post_ops();
        append(out, fused.activation());
        if (residual != null) {
            residualNumber.accept(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (out.len() + 1) | DNNL_ARG_SRC_1);
            out.append_binary(algorithm.binary_add, residual);
            append(out, fused.last());
        }
        return out;
    }

    /** Appends an activation, if there is one. */
    static void append(post_ops to, Op activation) {
        if (activation != null) {
            Activation a = Activation.of(activation);
            to.append_eltwise(a.kind(), a.alpha(), a.beta());
        }
    }
}
