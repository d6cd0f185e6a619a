package org.fovea.core.weights;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Supplier;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Learned weights, and some that are computed from them when they are asked for.
 *
 * @param derived derived weights by name; they replace learned weights of the same names
 */
public record DerivedWeights(WeightSource learned, Map<String, Derived> derived) implements WeightSource {
    /** A weight that is computed. */
    public record Derived(Shape shape, Supplier<Tensor> tensor) {}

    /** Copies the map. */
    public DerivedWeights {
        derived = Map.copyOf(derived);
    }

    @Override
    public Shape shape(String name) {
        return derived.containsKey(name) ? derived.get(name).shape() : learned.shape(name);
    }

    @Override
    public Tensor tensor(String name) {
        return derived.containsKey(name) ? derived.get(name).tensor().get() : learned.tensor(name);
    }

    @Override
    public void readFloats(String name, FloatBuffer target) {
        if (derived.containsKey(name)) {
            target.put(tensor(name).toFloats());
        } else {
            learned.readFloats(name, target);
        }
    }
}
