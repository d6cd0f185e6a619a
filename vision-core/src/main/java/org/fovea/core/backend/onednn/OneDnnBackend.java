package org.fovea.core.backend.onednn;

import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramInputs;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;

/**
 * The CPU backend on oneDNN: prepared, fused primitives in single precision, bfloat16 and 8-bit integers.
 *
 * <p>Primitives run on OpenMP threads, as many as the variable {@code OMP_NUM_THREADS} or the number of cores says.
 */
public final class OneDnnBackend implements Backend {
    private final Runtime runtime;

    private OneDnnBackend(Runtime runtime) {
        this.runtime = runtime;
    }

    /**
     * The backend.
     *
     * @throws LinkageError when oneDNN's library does not load on this host
     */
    public static OneDnnBackend create() {
        return new OneDnnBackend(Runtime.get());
    }

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public boolean supports(Precision precision) {
        return switch (precision) {
            case F64 -> false;
            case F32, INT8 -> true;
            case BF16 -> runtime.multipliesBf16();
        };
    }

    @Override
    public Program compile(Graph graph, WeightSource parameters, Precision precision) {
        if (!supports(precision)) {
            throw new IllegalArgumentException(
                    "compile: the backend onednn computes in F32, INT8 and, where the processor"
                            + " has AVX-512, BF16; got " + precision + " on " + instructionSet());
        }
        return Lowering.compile(runtime, graph, parameters, precision);
    }

    @Override
    public TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision) {
        if (precision == Precision.INT8 || !supports(precision)) {
            throw new IllegalArgumentException(
                    "compileTraining: the backend onednn trains in F32 and, where the processor has"
                            + " AVX-512, BF16; got " + precision);
        }
        ProgramInputs.checkTrainable(graph);
        TrainingState state = new TrainingState();
        try {
            OneDnnProgram program = Lowering.compileTraining(runtime, graph, parameters, precision, state);
            return new OneDnnTrainingProgram(program, state);
        } catch (RuntimeException | Error e) {
            state.close();
            throw e;
        }
    }

    @Override
    public double productGflops(Precision precision) {
        if (!supports(precision)) {
            throw new IllegalArgumentException("productGflops: the precision must be supported, got " + precision);
        }
        return ProductCeiling.gflops(
                runtime,
                switch (precision) {
                    case BF16 -> ElementType.BF16;
                    case INT8 -> ElementType.S8;
                    default -> ElementType.F32;
                });
    }

    /** The widest instruction set oneDNN uses here, in its own terms. */
    public String instructionSet() {
        return runtime.isaName();
    }

    /** oneDNN's version. */
    public String version() {
        return runtime.version();
    }

    /** OpenMP threads per primitive. */
    public int threads() {
        return Runtime.threads();
    }
}
