package org.fovea.core.graph;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes a graph as readable text. */
final class GraphDump {
    private GraphDump() {}

    static String of(Graph graph) {
        StringBuilder out = new StringBuilder();
        String scope = "";
        for (Node node : graph.nodes()) {
            if (!node.scope().equals(scope)) {
                scope = node.scope();
                out.append("# ").append(scope).append('\n');
            }
            out.append(node.outputs().stream().map(Value::toString).collect(Collectors.joining(", ")))
                    .append(" = ")
                    .append(node.op())
                    .append(node.inputs().isEmpty() ? "" : " of ")
                    .append(node.inputs().stream().map(Value::toString).collect(Collectors.joining(", ")))
                    .append(" : ")
                    .append(node.outputs().stream()
                            .map(v -> v.type().toString())
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
            out.append("output ")
                    .append(output.getKey())
                    .append(" = ")
                    .append(output.getValue())
                    .append('\n');
        }
        graph.nextStates().forEach((state, next) -> out.append("state ")
                .append(((State) state.node().op()).name())
                .append(" = ")
                .append(next)
                .append('\n'));
        return out.toString();
    }
}
