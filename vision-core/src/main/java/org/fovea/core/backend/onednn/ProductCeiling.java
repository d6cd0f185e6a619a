package org.fovea.core.backend.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;

/** Speed of matrix products with packed weights on this machine, and nothing else: what a model's speed is held against. */
final class ProductCeiling {
    /** Rows of the largest product of ViT-B/16 at batch 8: 8 images of 197 tokens, width 768, hidden width 3072. */
    private static final int ROWS = 1576;

    private static final int IN = 768;
    private static final int OUT = 3072;
    private static final int RUNS = 10;

    private ProductCeiling() {}

    /** Best of some runs, in 10⁹ floating-point (or integer) operations per second. */
    @SuppressWarnings("try")
    static double gflops(Runtime runtime, ElementType type) {
        try (PointerScope all = new PointerScope()) {
            return measured(runtime, type);
        }
    }

    private static double measured(Runtime runtime, ElementType type) {
        memory.desc x = View.dense(null, type, ROWS, IN).desc();
        memory.desc y = View.dense(null, type == ElementType.S8 ? ElementType.F32 : type, ROWS, OUT)
                .desc();
        memory.desc any = new memory.desc(new long[] {IN, OUT}, type.code, memory.format_tag.any);
        primitive_attr attributes = Lowering.attributes();
        try (var description = new matmul.primitive_desc(runtime.engine, x, any, y, attributes, false);
                primitive product = new primitive(description);
                BytePointer from = zeros(x.get_size());
                BytePointer weights = zeros(description.weights_desc().get_size());
                BytePointer to = zeros(y.get_size());
                BytePointer scratch = zeros(description.scratchpad_desc().get_size())) {
            List<Step.Arg> args = List.of(
                    new Step.Arg(DNNL_ARG_SRC, at(from), x),
                    new Step.Arg(DNNL_ARG_WEIGHTS, at(weights), description.weights_desc()),
                    new Step.Arg(DNNL_ARG_DST, at(to), y),
                    new Step.Arg(DNNL_ARG_SCRATCHPAD, at(scratch), description.scratchpad_desc()));
            Step step = new Step.Primitive("product ceiling", product, args);
            try (RunContext context = new RunContext(runtime, List.of(step), 0)) {
                return 2e-9 * ROWS * IN * OUT / bestSeconds(runtime, context);
            }
        }
    }

    private static double bestSeconds(Runtime runtime, RunContext context) {
        double best = Double.MAX_VALUE;
        runtime.turns.acquireUninterruptibly();
        try {
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                context.run();
                best = Math.min(best, (System.nanoTime() - start) * 1e-9);
            }
        } finally {
            runtime.turns.release();
        }
        return best;
    }

    private static BytePointer zeros(long bytes) {
        BytePointer memory = new BytePointer(Math.max(1, bytes));
        return memory.fill(0);
    }

    private static View at(BytePointer memory) {
        return View.dense(Storage.shared(memory, memory.capacity()), ElementType.BYTES, 1);
    }
}
