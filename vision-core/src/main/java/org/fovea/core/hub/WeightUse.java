package org.fovea.core.hub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** Numbers of the weights that graphs read, by the operation that reads them; a weight of several graphs counts once. */
final class WeightUse {
    private final Map<String, Long> linear = new LinkedHashMap<>();
    private final Map<String, Long> convolution = new LinkedHashMap<>();
    private final Map<String, Long> other = new LinkedHashMap<>();

    /** Adds the weights of a graph; a value computed from weights only, such as a scaled kernel, counts in their place. */
    void add(Graph graph) {
        Map<Value, Set<String>> weights = new HashMap<>();
        graph.parameters().forEach((name, value) -> weights.put(value, Set.of(name)));
        for (Node node : graph.nodes()) {
            if (!node.inputs().isEmpty() && weights.keySet().containsAll(node.inputs())) {
                Set<String> names = new LinkedHashSet<>();
                node.inputs().forEach(input -> names.addAll(weights.get(input)));
                node.outputs().forEach(output -> weights.put(output, names));
                continue;
            }
            for (int i = 0; i < node.inputs().size(); i++) {
                Map<String, Long> kind = kind(node, i);
                weights.getOrDefault(node.input(i), Set.of())
                        .forEach(name -> kind.put(
                                name, graph.parameters().get(name).shape().size()));
            }
        }
    }

    private Map<String, Long> kind(Node node, int input) {
        if (input != 1) {
            return other;
        }
        return node.op() instanceof Linear ? linear : node.op() instanceof Conv2d ? convolution : other;
    }

    /** Size of the weights that linear maps multiply by. */
    long linears() {
        return sum(linear);
    }

    /** Size of the weights that convolutions multiply by. */
    long convolutions() {
        return sum(convolution);
    }

    /** Size of all other weights. */
    long others() {
        return sum(other);
    }

    private static long sum(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
