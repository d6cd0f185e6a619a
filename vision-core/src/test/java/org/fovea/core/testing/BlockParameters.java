package org.fovea.core.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.core.graph.ElementKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Numbers for the weights that blocks ask for, and weights turned into inputs. */
final class BlockParameters {
    /** For weights of one axis: biases, scales, shifts. */
    private static final double VECTOR_DEVIATION = 0.5;

    private BlockParameters() {}

    /** Normal numbers whose sums over the inputs of a unit have a variance of about 1. */
    static Tensor draw(String name, Shape shape) {
        Random random = new Random(name.hashCode() * 31L + shape.hashCode());
        double deviation = shape.rank() < 2 ? VECTOR_DEVIATION : Math.sqrt((double) shape.dim(0) / shape.size());
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = deviation * random.nextGaussian();
        }
        return Tensor.of(values, shape.toArray());
    }

    /** Adds the nodes of a graph to another, its weights as inputs of the same names; gives each value's copy. */
    static Map<Value, Value> copyFreed(Graph from, Graph to) {
        Map<Value, Value> copies = new HashMap<>();
        for (Node node : from.nodes()) {
            List<Value> made;
            if (node.op() instanceof Parameter parameter) {
                made = List.of(to.input(parameter.name(), parameter.shape().toArray()));
            } else if (node.op() instanceof Input input) {
                int[] sizes = node.outputs().get(0).shape().toArray();
                boolean real = node.outputs().get(0).type().kind() == ElementKind.REAL;
                made = List.of(real ? to.input(input.name(), sizes) : to.indexInput(input.name(), sizes));
            } else {
                made = to.add(node.op(), node.inputs().stream().map(copies::get).toList())
                        .outputs();
            }
            for (int i = 0; i < made.size(); i++) {
                copies.put(node.outputs().get(i), made.get(i));
            }
        }
        return copies;
    }
}
