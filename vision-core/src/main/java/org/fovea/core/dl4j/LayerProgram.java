package org.fovea.core.dl4j;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/**
 * A program that is given its parameters at every run.
 *
 * @param reads parameters that its results depend on; the backward pass does not depend on a bias at the end of a layer
 */
record LayerProgram(TrainingProgram program, Set<String> reads) implements AutoCloseable {
    /** Compiles a program for the graph's outputs. */
    static LayerProgram compile(Backend backend, Graph graph, Map<String, Tensor> parameters, Precision precision) {
        Parameters all = Parameters.of(parameters);
        Set<String> reads = new HashSet<>();
        WeightSource asked = new WeightSource() {
            @Override
            public Shape shape(String name) {
                return all.shape(name);
            }

            @Override
            public Tensor tensor(String name) {
                reads.add(name);
                return all.tensor(name);
            }
        };
        return new LayerProgram(backend.compileTraining(graph, asked, precision), reads);
    }

    Map<String, Tensor> run(Map<String, Tensor> inputs, Map<String, Tensor> parameters) {
        reads.forEach(name -> program.setParameter(name, parameters.get(name)));
        return program.run(inputs);
    }

    @Override
    public void close() {
        program.close();
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
