package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One operation applied to values of the same graph; made by {@link Graph} alone. */
public final class Node {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final String scope;
    private final Node original;

    Node(Graph graph, int id, Op op, List<Value> inputs, List<ValueType> types, String scope, Node original) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.inputs = inputs;
        this.scope = scope;
        this.original = original;
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

    /** Position in {@link Graph#nodes()}; operands have lower ones. */
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

    /** Results of the operation; most operations yield one value. */
    public List<Value> outputs() {
        return outputs;
    }

    /** Part of the model that this node was built in, such as {@code encoder.layer.3}; may be empty. */
    public String scope() {
        return scope;
    }

    /** Node that this one recomputes for the backward pass; see {@link Recomputation}. */
    public Optional<Node> original() {
        return Optional.ofNullable(original);
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op;
    }
}
