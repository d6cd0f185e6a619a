package org.fovea.core.backend.onednn;

import java.util.Optional;
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
     * Creates the backend.
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
    public Optional<String> reasonAgainst(Precision precision) {
        return switch (precision) {
            case F64 -> Optional.of("the backend onednn has no F64: use F32, or the backend nd4j");
            case F32, INT8, F32_INT8_WEIGHTS, BF16_INT8_WEIGHTS -> Optional.empty();
            case BF16 ->
                runtime.multipliesBf16()
                        ? Optional.empty()
                        : Optional.of("BF16 needs a processor with AVX-512, and oneDNN has " + instructionSet()
                                + " here: use F32");
        };
    }

    @Override
    public Program compile(Graph graph, WeightSource parameters, Precision precision) {
        requireSupported("compile", precision);
        return Lowering.compile(runtime, graph, parameters, precision);
    }

    @Override
    public TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision) {
        requireSupported("compileTraining", precision);
        if (!precision.trains()) {
            throw new IllegalArgumentException("compileTraining: " + precision + " does not train: use F32 or BF16");
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
        requireSupported("productGflops", precision);
        return ProductCeiling.gflops(
                runtime,
                switch (precision) {
                    case BF16 -> ElementType.BF16;
                    case INT8, F32_INT8_WEIGHTS, BF16_INT8_WEIGHTS -> ElementType.S8;
                    default -> ElementType.F32;
                });
    }

    private void requireSupported(String caller, Precision precision) {
        reasonAgainst(precision).ifPresent(reason -> {
            throw new IllegalArgumentException(caller + ": " + reason);
        });
    }

    /** Widest instruction set that oneDNN uses on this machine, by oneDNN's name. */
    public String instructionSet() {
        return runtime.isaName();
    }

    /** Version of oneDNN. */
    public String version() {
        return runtime.version();
    }

    /** Number of OpenMP threads of each primitive. */
    public int threads() {
        return Runtime.threads();
    }
}
