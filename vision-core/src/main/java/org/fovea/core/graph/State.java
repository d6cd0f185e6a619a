package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** A tensor that a session keeps between runs: y = the state named {@code name} as the run finds it; see {@link Graph#state}. */
public record State(String name, Shape shape, StateKind kind) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        return Rules.real(shape);
    }

    @Override
    public void gradient(Backprop at) {}
}
