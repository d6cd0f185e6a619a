package org.fovea.core.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/**
 * Usual first values for the parameters of a graph of blocks, by their names and shapes: tables of vectors truncated normal
 * with deviation 1/√width, other weights with two axes or more uniform (Glorot and Bengio 2010), factors ({@code scale})
 * and running variances one, all else zero, as the map to θ of a spatial transformer is.
 */
public final class InitialParameters {
    private static final String TABLE = "table";
    private static final String THETA = "theta.weight";
    private static final Set<String> ONES = Set.of("scale", "running_variance");

    private InitialParameters() {}

    /**
     * Initial values for all current parameters of a graph.
     *
     * @param seed seed; a parameter's values do not depend on the other parameters
     */
    public static Parameters of(Graph graph, long seed) {
        Parameters.Builder out = Parameters.builder();
        graph.parameters()
                .forEach((name, value) -> out.initial(name, value.shape(), initializer(name, value.shape()), seed));
        return out.build();
    }

    /**
     * Initial values for all current parameters of a graph, some of them learned before.
     *
     * @param start values that are used unchanged; other parameters are initialized as in {@link #of(Graph, long)}
     */
    public static Parameters of(Graph graph, long seed, Optional<Parameters> start) {
        Parameters random = of(graph, seed);
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (String name : random.names()) {
            Parameters from =
                    start.filter(given -> given.names().contains(name)).orElse(random);
            all.put(name, from.tensor(name));
        }
        return Parameters.of(all);
    }

    private static Initializer initializer(String name, Shape shape) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (last.equals(TABLE)) {
            return Initializers.truncatedNormal(1 / Math.sqrt(shape.dim(-1)));
        }
        if (name.endsWith(THETA)) {
            return Initializers.zeros();
        }
        if (ONES.contains(last)) {
            return Initializers.ones();
        }
        return shape.rank() >= 2 ? Initializers.xavierUniform() : Initializers.zeros();
    }
}
