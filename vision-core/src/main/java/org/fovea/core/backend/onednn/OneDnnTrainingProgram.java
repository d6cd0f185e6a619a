package org.fovea.core.backend.onednn;

import java.util.Map;
import java.util.OptionalLong;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.tensor.Tensor;

/** A program with its changing parameters; runs follow one another. */
final class OneDnnTrainingProgram implements TrainingProgram {
    private final OneDnnProgram program;
    private final TrainingState state;
    private boolean closed;

    OneDnnTrainingProgram(OneDnnProgram program, TrainingState state) {
        this.program = program;
        this.state = state;
    }

    @Override
    public synchronized Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return program.run(inputs);
    }

    @Override
    public synchronized Tensor parameter(String name) {
        checkOpen();
        return state.get(name);
    }

    @Override
    public synchronized void setParameter(String name, Tensor value) {
        checkOpen();
        state.set(name, value);
    }

    @Override
    public OptionalLong runBytes() {
        return program.runBytes();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the training program is closed; compile a new one");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            program.close();
            state.close();
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
