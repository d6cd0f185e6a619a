package org.fovea.core.backend.nd4j;

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
    /** A backend; holds nothing. */
    public Nd4jBackend() {}

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public boolean supports(Precision precision) {
        return precision == Precision.F64 || precision == Precision.F32;
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
        if (!supports(precision)) {
            throw new IllegalArgumentException(
                    "nd4j: the precision must be F32 or F64, got " + precision + "; the onednn backend has the others");
        }
        return precision == Precision.F64 ? DataType.DOUBLE : DataType.FLOAT;
    }

    @Override
    public double productGflops(Precision precision) {
        return ProductCeiling.gflops(real(precision));
    }
}
