package org.fovea.studies.bench;

import java.util.List;
import java.util.function.ObjIntConsumer;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.Scope;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/**
 * One mechanism to measure.
 *
 * @param name of the block
 * @param grows things that n counts
 * @param timePower the promise: time grows at most as n to this power, for large n
 * @param memoryPower the promise: working memory grows at most as n to this power
 * @param sizes n, from the smallest
 * @param builder adds the block with inputs of that size and names the output
 */
record Mechanism(
        String name, String grows, int timePower, int memoryPower, List<Integer> sizes, ObjIntConsumer<Scope> builder) {
    /** Amount by which a measured power may exceed the promise: parts that grow slower, alignment. */
    static final double SLACK = 0.15;

    private static final double STD = 0.05;
    private static final long SEED = 1;

    /** The graph at one size. */
    Graph graph(int size) {
        Graph graph = new Graph();
        builder.accept(Scope.of(graph), size);
        return graph;
    }

    /** The program at one size, with random weights. */
    Program compile(Backend backend, int size) {
        Graph graph = graph(size);
        return backend.compile(graph, weights(graph), Precision.F32);
    }

    private static WeightSource weights(Graph graph) {
        Parameters.Builder out = Parameters.builder();
        graph.parameters()
                .forEach((name, value) -> out.initial(name, value.shape(), Initializers.truncatedNormal(STD), SEED));
        return out.build();
    }

    /** The power p with which something grew from the smallest to the largest size: last/first = (n_last/n_first)^p. */
    double power(double first, double last) {
        return Math.log(last / first) / Math.log((double) sizes.get(sizes.size() - 1) / sizes.get(0));
    }

    /** Returns whether what grew with a power keeps a promise. */
    boolean keeps(int promised, double power) {
        return power <= promised + SLACK;
    }
}
