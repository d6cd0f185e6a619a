package org.fovea.core.graph;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** The operands one after the other along an axis; they agree on all others. */
public record Concat(int axis) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Rules.require(!operands.isEmpty(), this, "takes 1 operand or more", operands);
        Shape first = Rules.shape(operands, 0);
        Rules.require(axis >= 0 && axis < first.rank(), this, "axis must be one of x", operands);
        int total = 0;
        for (ValueType type : operands) {
            Rules.require(
                    type.kind() == operands.get(0).kind()
                            && type.shape().rank() == first.rank()
                            && type.shape().with(axis, 0).equals(first.with(axis, 0)),
                    this,
                    "operands must agree on all other axes",
                    operands);
            total += type.shape().dim(axis);
        }
        return List.of(new ValueType(first.with(axis, total), operands.get(0).kind()));
    }

    @Override
    public void gradient(Backprop at) {
        int begin = 0;
        for (int i = 0; i < at.inputs().size(); i++) {
            int end = begin + at.input(i).shape().dim(axis);
            if (at.wants(i)) {
                at.add(i, at.dy().slice(axis, begin, end));
            }
            begin = end;
        }
    }
}
