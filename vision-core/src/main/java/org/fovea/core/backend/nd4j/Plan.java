package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.IndexBounds;
import org.fovea.core.graph.Constant;
import org.fovea.core.graph.Detach;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Reshape;
import org.fovea.core.graph.State;
import org.fovea.core.graph.Value;
import org.fovea.core.graph.ValueType;

/**
 * Plan of a program: the nodes its outputs need, in order, over numbered slots of memory.
 *
 * <p>A slot holds one value; a reshaped or detached value shares the slot of what it was made from, since arrays are row-major
 * without gaps. The last step that reads a slot frees it.
 *
 * @param constants slots filled when the program is compiled, by the node that fills them
 * @param inputs slots filled when a run starts
 * @param outputs slots read when a run ends
 * @param parameters the slots of {@code constants} that hold parameters, by name
 * @param states slots filled when a run starts with what a session keeps, by name
 * @param updates for each parameter or state that changes, by its slot, the slot of its next value
 * @param bounds ranges of the inputs that are indices, in a graph with states
 */
record Plan(
        int slots,
        List<Step> steps,
        Map<Integer, Node> constants,
        Map<String, Integer> inputs,
        Map<String, Value> needed,
        Map<String, Integer> outputs,
        Map<String, ValueType> outputTypes,
        Map<String, Integer> parameters,
        Map<String, Integer> states,
        Map<Integer, Integer> updates,
        IndexBounds bounds) {

    /** Nodes that the outputs and the states need. */
    static Plan of(Graph graph) {
        return of(graph, graph.nextStates());
    }

    /** Nodes that the outputs and the updates need. */
    static Plan ofTraining(Graph graph) {
        return of(graph, graph.updates());
    }

    private static Plan of(Graph graph, Map<Value, Value> updates) {
        Map<Value, Integer> slots = new HashMap<>();
        Map<Integer, Node> constants = new LinkedHashMap<>();
        Map<String, Integer> inputs = new LinkedHashMap<>();
        Map<String, Value> needed = new LinkedHashMap<>();
        List<Node> computed = new ArrayList<>();
        Map<String, Integer> parameters = new LinkedHashMap<>();
        Map<String, Integer> states = new LinkedHashMap<>();
        BitSet live = live(graph, updates);
        int count = 0;
        for (Node node : graph.nodes()) {
            if (!live.get(node.id())) {
                continue;
            }
            if (node.op() instanceof Reshape || node.op() instanceof Detach) {
                slots.put(node.outputs().get(0), slots.get(node.input(0)));
                continue;
            }
            for (Value value : node.outputs()) {
                slots.put(value, count++);
            }
            if (node.op() instanceof Input input) {
                inputs.put(input.name(), count - 1);
                needed.put(input.name(), node.outputs().get(0));
            } else if (node.op() instanceof State state) {
                states.put(state.name(), count - 1);
            } else if (node.op() instanceof Constant || node.op() instanceof Parameter) {
                constants.put(count - 1, node);
                if (node.op() instanceof Parameter parameter) {
                    parameters.put(parameter.name(), count - 1);
                }
            } else {
                computed.add(node);
            }
        }
        Map<String, Integer> outputs = new LinkedHashMap<>();
        Map<String, ValueType> types = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> {
            outputs.put(name, slots.get(value));
            types.put(name, value.type());
        });
        Map<Integer, Integer> next = new LinkedHashMap<>();
        updates.forEach((parameter, value) -> next.put(slots.get(parameter), slots.get(value)));
        Set<Integer> kept = new java.util.HashSet<>(constants.keySet());
        kept.addAll(states.values());
        kept.addAll(outputs.values());
        kept.addAll(next.values());
        List<Step> steps = steps(computed, slots, kept);
        IndexBounds bounds = IndexBounds.of(graph, node -> live.get(node.id()));
        return new Plan(count, steps, constants, inputs, needed, outputs, types, parameters, states, next, bounds);
    }

    private static BitSet live(Graph graph, Map<Value, Value> updates) {
        BitSet live = new BitSet();
        updates.forEach((parameter, value) -> {
            live.set(parameter.node().id());
            live.set(value.node().id());
        });
        graph.outputs().values().forEach(value -> live.set(value.node().id()));
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            if (live.get(i)) {
                graph.nodes()
                        .get(i)
                        .inputs()
                        .forEach(value -> live.set(value.node().id()));
            }
        }
        return live;
    }

    private static List<Step> steps(List<Node> nodes, Map<Value, Integer> slots, Set<Integer> kept) {
        Map<Integer, Integer> lastUse = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (int slot : slots(nodes.get(i).inputs(), slots)) {
                lastUse.put(slot, i);
            }
            for (int slot : slots(nodes.get(i).outputs(), slots)) {
                lastUse.put(slot, i);
            }
        }
        List<List<Integer>> finished = new ArrayList<>();
        nodes.forEach(node -> finished.add(new ArrayList<>()));
        lastUse.forEach((slot, step) -> {
            if (!kept.contains(slot)) {
                finished.get(step).add(slot);
            }
        });
        List<Step> out = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            out.add(new Step(
                    node.op(),
                    node + (node.scope().isEmpty() ? "" : " in " + node.scope()),
                    slots(node.inputs(), slots),
                    slots(node.outputs(), slots),
                    finished.get(i),
                    node.inputs().stream().map(Value::type).toList(),
                    node.outputs().stream().map(Value::type).toList()));
        }
        return out;
    }

    private static List<Integer> slots(List<Value> values, Map<Value, Integer> slots) {
        return values.stream().map(slots::get).toList();
    }
}
