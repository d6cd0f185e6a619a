package org.fovea.core.backend.nd4j;

import java.util.Map;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Tensor;

/** A program whose plan has updates, one caller at a time. */
final class Nd4jTrainingProgram implements TrainingProgram {
    private final Nd4jProgram program;

    Nd4jTrainingProgram(Nd4jProgram program) {
        this.program = program;
    }

    @Override
    public synchronized Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return program.run(inputs);
    }

    @Override
    public synchronized Tensor parameter(String name) {
        return program.parameter(name);
    }

    @Override
    public synchronized void setParameter(String name, Tensor value) {
        Nd4jTensors.outsideWorkspaces(() -> {
            program.setParameter(name, value);
            return name;
        });
    }

    @Override
    public synchronized void close() {
        program.close();
    }
}
