package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * A model under construction: nodes in the order they were added, which is an order they can run in.
 *
 * <p>Not thread-safe while it is being built; backends only read it.
 */
public final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> inputs = new LinkedHashMap<>();
    private final Map<String, Value> parameters = new LinkedHashMap<>();
    private final Map<String, Value> states = new LinkedHashMap<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Map<Value, Value> updates = new LinkedHashMap<>();
    private final Map<Value, Value> nextStates = new LinkedHashMap<>();
    private String scope = "";

    /** Adds an input of real numbers that each run supplies under this name. */
    public Value input(String name, int... sizes) {
        return leaf(inputs, name, new Input(name, ValueType.real(Shape.of(sizes))));
    }

    /** Adds an input of indices (int32 at run time) that each run supplies under this name. */
    public Value indexInput(String name, int... sizes) {
        return leaf(inputs, name, new Input(name, ValueType.index(Shape.of(sizes))));
    }

    /**
     * Adds a weight, bound when the graph is compiled.
     *
     * @throws IllegalArgumentException when there is a weight of this name; use {@link #sharedParameter} to share it
     */
    public Value parameter(String name, int... sizes) {
        if (parameters.containsKey(name)) {
            throw new IllegalArgumentException("Graph: a parameter must have a new name, got \"" + name
                    + "\" again; parts that share a weight ask for a shared parameter (Scope.shared())");
        }
        return leaf(parameters, name, new Parameter(name, Shape.of(sizes)));
    }

    /**
     * Returns the weight of this name, which parts of the model share, adding it if it does not exist.
     *
     * @throws IllegalArgumentException when it exists with another shape
     */
    public Value sharedParameter(String name, int... sizes) {
        Value known = parameters.get(name);
        if (known == null) {
            return parameter(name, sizes);
        }
        if (!known.shape().equals(Shape.of(sizes))) {
            throw new IllegalArgumentException("Graph: the shared parameter \"" + name + "\" must have its shape "
                    + known.shape() + ", got " + Shape.of(sizes));
        }
        return known;
    }

    /**
     * Adds a state: real numbers that live between the runs of a session, initially zeros. Each run reads the value that the
     * previous one left; {@link #update} defines its next value, and a state without an update keeps the value that the
     * session's caller has set.
     */
    public Value state(String name, int... sizes) {
        return leaf(states, name, new State(name, Shape.of(sizes), StateKind.EXACT));
    }

    /**
     * Adds a state that products read, such as the keys or values of attention, {@code [B, heads, capacity, D]}. It is stored
     * in the type that they read: bfloat16 if the program's products use that. A {@link ScatterUpdate} appends to it; rows not
     * written yet are zeros, which a mask must hide.
     */
    public Value cache(String name, int... sizes) {
        return leaf(states, name, new State(name, Shape.of(sizes), StateKind.CACHE));
    }

    /** Adds a value fixed in the graph: a float type gives real numbers, an integer type indices. */
    public Value constant(Tensor tensor) {
        return apply(new Constant(tensor));
    }

    /** Adds a real value of one repeated number. */
    public Value fill(double number, int... sizes) {
        return apply(new Fill(Shape.of(sizes), number));
    }

    private Value leaf(Map<String, Value> table, String name, Op op) {
        if (name.isEmpty() || table.containsKey(name)) {
            throw new IllegalArgumentException(op + ": every name must be new and not empty, got \"" + name + "\"");
        }
        Value value = apply(op);
        table.put(name, value);
        return value;
    }

    /** Adds an operation with one result. */
    public Value apply(Op op, Value... operands) {
        return add(op, List.of(operands)).outputs().get(0);
    }

    /**
     * Adds an operation.
     *
     * @throws IllegalArgumentException when an operand is of another graph or the operation's shape rule is broken; the message
     *     names the operation, the rule and the shapes
     */
    public Node add(Op op, List<Value> operands) {
        return add(op, operands, null);
    }

    /** Adds a node's operation again, with other operands. */
    Node again(Node original, List<Value> operands) {
        return add(original.op(), operands, original);
    }

    private Node add(Op op, List<Value> operands, Node original) {
        for (Value operand : operands) {
            if (operand.node().graph() != this) {
                throw new IllegalArgumentException(op + ": operands must belong to the graph they are used in, got "
                        + operand + " of another graph");
            }
        }
        List<ValueType> types = op.infer(operands.stream().map(Value::type).toList());
        Node node = new Node(this, nodes.size(), op, List.copyOf(operands), types, scope, original);
        nodes.add(node);
        return node;
    }

    /**
     * Names a value as a result of the graph.
     *
     * @throws IllegalArgumentException when the name is taken or the value is of another graph
     */
    public void output(String name, Value value) {
        if (value.graph() != this) {
            throw new IllegalArgumentException(
                    "Graph: output \"" + name + "\" must belong to this graph, got " + value + " of another graph");
        }
        if (outputs.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("Graph: every output name must be new, got \"" + name + "\" twice");
        }
    }

    /**
     * Defines the next value of a parameter after each run of a training program, or of a state after each run of a session.
     * All updates of a run read the values from before it.
     *
     * @throws IllegalArgumentException when the first is not a parameter or state of this graph, the shapes differ, or it has
     *     an update already
     */
    public void update(Value kept, Value next) {
        boolean state = states.containsValue(kept);
        if ((!state && !parameters.containsValue(kept)) || next.graph() != this) {
            throw new IllegalArgumentException(
                    "Graph: update takes a parameter or state and a value of this graph, got " + kept.node() + " and "
                            + next.node());
        }
        if (!kept.type().equals(next.type())) {
            throw new IllegalArgumentException(
                    "Graph: a parameter or state and its next value must have one shape, got " + kept.type() + " and "
                            + next.type());
        }
        if ((state ? nextStates : updates).putIfAbsent(kept, next) != null) {
            throw new IllegalArgumentException(
                    "Graph: a parameter or state takes one update, got two for " + kept.node());
        }
    }

    /** Parameters that training changes, and their next values. */
    public Map<Value, Value> updates() {
        return Collections.unmodifiableMap(updates);
    }

    /** States that change, and their next values. */
    public Map<Value, Value> nextStates() {
        return Collections.unmodifiableMap(nextStates);
    }

    /** Labels the nodes added from now on, for {@link #dump()} and error messages. */
    public void scope(String label) {
        this.scope = label;
    }

    /** All nodes, operands before their users. */
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** The inputs by name, in the order they were added. */
    public Map<String, Value> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The weights by name, in the order they were added. */
    public Map<String, Value> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** The states by name, in the order they were added. */
    public Map<String, Value> states() {
        return Collections.unmodifiableMap(states);
    }

    /** The results by name, in the order they were named. */
    public Map<String, Value> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /** Text of the graph, with one node per line: {@code %7 = Linear(%3, %5, %6) : [1, 197, 768]}. */
    public String dump() {
        return GraphDump.of(this);
    }
}
