package org.fovea.core.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/** Finds the first tensor of a step that is not finite, by running the step again with its insides as outputs. */
final class NonFiniteSearch {
    /** Number of outputs of one run: few, so that the memory of a training step suffices. */
    private static final int AT_ONCE = 16;

    private final Backend backend;
    private final Precision precision;
    private final WeightSource parameters;
    private final Map<String, Tensor> inputs;

    NonFiniteSearch(Backend backend, Precision precision, WeightSource parameters, Map<String, Tensor> inputs) {
        this.backend = backend;
        this.precision = precision;
        this.parameters = parameters;
        this.inputs = inputs;
    }

    /**
     * Finds the first tensor that is not finite, and describes it.
     *
     * @param fresh builds the training graph again; each run of the search adds other outputs
     */
    String find(Supplier<TrainingGraph> fresh) {
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
            long bad = bad(input.getValue());
            if (bad > 0) {
                return described("input " + input.getKey(), bad, input.getValue());
            }
        }
        for (String name : fresh.get().saved()) {
            Tensor tensor = parameters.tensor(name);
            if (bad(tensor) > 0) {
                return described("parameter " + name, bad(tensor), tensor);
            }
        }
        int loss = fresh.get().graph().outputs().get(TrainingGraph.LOSS).node().id();
        String forward = search(fresh, graph -> values(graph.graph(), loss));
        if (forward != null) {
            return forward;
        }
        String gradient = search(fresh, graph -> {
            Map<String, Value> out = new LinkedHashMap<>();
            graph.gradients().forEach((name, value) -> out.put("gradient of " + name, value));
            return out;
        });
        return gradient != null ? gradient : "the norm of all gradients together, each of which is finite";
    }

    private static Map<String, Value> values(Graph graph, int last) {
        Map<String, Value> out = new LinkedHashMap<>();
        graph.nodes().subList(0, last + 1).forEach(node -> node.outputs().forEach(value -> {
            if (value.type().kind() == ElementKind.REAL && !(node.op() instanceof Parameter)) {
                String place = node.scope().isEmpty() ? "" : " in " + node.scope();
                out.put(value + " = " + node.op() + place, value);
            }
        }));
        return out;
    }

    private String search(Supplier<TrainingGraph> fresh, Choice choice) {
        List<String> names = new ArrayList<>(choice.of(fresh.get()).keySet());
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            TrainingGraph graph = fresh.get();
            Map<String, Value> all = choice.of(graph);
            List<String> part = names.subList(i, Math.min(names.size(), i + AT_ONCE));
            part.forEach(name -> graph.graph().output(name, all.get(name)));
            try (Program program = backend.compile(graph.graph(), parameters, precision)) {
                Map<String, Tensor> results = program.run(new HashMap<>(inputs));
                for (String name : part) {
                    Tensor tensor = results.get(name);
                    if (bad(tensor) > 0) {
                        return described(name, bad(tensor), tensor);
                    }
                }
            }
        }
        return null;
    }

    private static String described(String name, long bad, Tensor tensor) {
        return name + ", " + bad + " of the " + tensor.shape().size() + " elements of " + tensor;
    }

    private static long bad(Tensor tensor) {
        if (!tensor.dtype().isFloat()) {
            return 0;
        }
        long out = 0;
        for (double x : tensor.toDoubles()) {
            out += Double.isFinite(x) ? 0 : 1;
        }
        return out;
    }

    private interface Choice {
        Map<String, Value> of(TrainingGraph graph);
    }
}
