package org.fovea.core.nn;

import java.nio.FloatBuffer;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Learned weights, and the biases that graphs in {@link Mode#INFERENCE} ask for in place of tables of them.
 *
 * @param biases by the path of the block they are built in, such as {@code blocks.0.attention}
 */
public record PairBiases(WeightSource learned, Map<String, RelativeBias> biases) implements WeightSource {
    /** Copies the map. */
    public PairBiases {
        biases = Map.copyOf(biases);
    }

    @Override
    public Shape shape(String name) {
        return isPrepared(name) ? bias(name).shape() : learned.shape(name);
    }

    @Override
    public Tensor tensor(String name) {
        return isPrepared(name)
                ? bias(name).pairs(learned.tensor(path(name) + "." + RelativeBias.TABLE))
                : learned.tensor(name);
    }

    @Override
    public void readFloats(String name, FloatBuffer target) {
        if (isPrepared(name)) {
            target.put(tensor(name).toFloats());
        } else {
            learned.readFloats(name, target);
        }
    }

    private boolean isPrepared(String name) {
        return name.endsWith("." + RelativeBias.PAIRS) && biases.containsKey(path(name));
    }

    private RelativeBias bias(String name) {
        return biases.get(path(name));
    }

    private static String path(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
