package org.fovea.core.graph;

import java.util.List;

/** A value that each run supplies: y = the array named {@code name}. */
public record Input(String name, ValueType type) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        return List.of(type);
    }

    @Override
    public void gradient(Backprop at) {}
}
