package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One operation applied to values of the same graph; made by {@link Graph} alone. */
public final class Node {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final String scope;

    Node(Graph graph, int id, Op op, List<Value> inputs, List<ValueType> types, String scope) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.inputs = inputs;
        this.scope = scope;
        List<Value> made = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            made.add(new Value(this, i, types.get(i)));
        }
        this.outputs = Collections.unmodifiableList(made);
    }

    /** The graph this node belongs to. */
    public Graph graph() {
        return graph;
    }

    /** The position in {@link Graph#nodes()}; inputs have lower ones. */
    public int id() {
        return id;
    }

    /** The operation. */
    public Op op() {
        return op;
    }

    /** The operands. */
    public List<Value> inputs() {
        return inputs;
    }

    /** One operand. */
    public Value input(int index) {
        return inputs.get(index);
    }

    /** What the operation yields; most operations yield one value. */
    public List<Value> outputs() {
        return outputs;
    }

    /** The part of the model this node was built in, such as {@code encoder.layer.3}; may be empty. */
    public String scope() {
        return scope;
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op;
    }
}
