package org.fovea.core.backend.nd4j;

import java.util.Optional;
import org.fovea.core.NativeMemory;
import org.fovea.core.OpenMpWaiting;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramInputs;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.nd4j.linalg.api.buffer.DataType;

/** Runs graphs on ND4J arrays, CPU or CUDA as ND4J finds it, in single or double precision; the reference. */
public final class Nd4jBackend implements Backend {
    /** Creates a backend; it holds no resources. */
    public Nd4jBackend() {
        NativeMemory.prepare();
        OpenMpWaiting.prepare();
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Optional<String> reasonAgainst(Precision precision) {
        return switch (precision) {
            case F64, F32 -> Optional.empty();
            case BF16, INT8, F32_INT8_WEIGHTS, BF16_INT8_WEIGHTS ->
                Optional.of(
                        "the precision must be F32 or F64, got " + precision + "; the onednn backend has the others");
        };
    }

    @Override
    public Program compile(Graph graph, WeightSource parameters, Precision precision) {
        return new Nd4jProgram(Plan.of(graph), graph, parameters, real(precision));
    }

    @Override
    public TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision) {
        ProgramInputs.checkTrainable(graph);
        return new Nd4jTrainingProgram(new Nd4jProgram(Plan.ofTraining(graph), graph, parameters, real(precision)));
    }

    private DataType real(Precision precision) {
        reasonAgainst(precision).ifPresent(reason -> {
            throw new IllegalArgumentException("nd4j: " + reason);
        });
        return precision == Precision.F64 ? DataType.DOUBLE : DataType.FLOAT;
    }

    @Override
    public double productGflops(Precision precision) {
        return ProductCeiling.gflops(real(precision));
    }
}
