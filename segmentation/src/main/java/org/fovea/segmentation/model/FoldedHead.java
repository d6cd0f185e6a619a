package org.fovea.segmentation.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.DerivedWeights;
import org.fovea.core.weights.DerivedWeights.Derived;

/**
 * The maps that {@link SegFormerHead} makes of its learned weights once: with F_s the part of the fusion that reads stage s, P_s,
 * p_s its projection, and the norm y = g·x + h, stage s has g·F_s·P_s, and the bias is g·Σ F_s·p_s + h.
 */
record FoldedHead(WeightSource learned, String prefix, int width, List<Integer> widths) {
    WeightSource weights() {
        Map<String, Derived> derived = new HashMap<>();
        for (int s = 0; s < widths.size(); s++) {
            int stage = s;
            derived.put(
                    prefix + "stages." + s + ".weight",
                    new Derived(Shape.of(width, widths.get(s)), () -> weight(stage)));
        }
        derived.put(prefix + "stages.0.bias", new Derived(Shape.of(width), this::bias));
        return new DerivedWeights(learned, derived);
    }

    private float[] floats(String name) {
        return learned.tensor(prefix + name).toFloats();
    }

    /** Scale factors of the batch normalization, γ/√(σ² + ε). */
    private double[] factors() {
        float[] scale = floats("norm.scale");
        float[] variance = floats("norm.running_variance");
        double[] out = new double[width];
        for (int o = 0; o < width; o++) {
            out[o] = scale[o] / Math.sqrt(variance[o] + SegFormerHead.NORM.epsilon());
        }
        return out;
    }

    private Tensor weight(int stage) {
        int in = widths.get(stage);
        float[] projection = floats("projections." + stage + ".weight"); // [width, in]
        float[] fuse = floats("fuse.weight");
        double[] factors = factors();
        float[] out = new float[width * in];
        double[] row = new double[in];
        for (int o = 0; o < width; o++) {
            Arrays.fill(row, 0);
            int part = part(o, stage);
            for (int k = 0; k < width; k++) {
                double f = fuse[part + k];
                for (int i = 0; i < in; i++) {
                    row[i] += f * projection[k * in + i];
                }
            }
            for (int i = 0; i < in; i++) {
                out[o * in + i] = (float) (factors[o] * row[i]);
            }
        }
        return Tensor.of(out, width, in);
    }

    /**
     * Offset in the fusion's weight, {@code [width, stages·width]}, of the inputs from a stage in an output's row; the last
     * stage comes first.
     */
    private int part(int output, int stage) {
        int stages = widths.size();
        return (output * stages + stages - 1 - stage) * width;
    }

    private Tensor bias() {
        float[] fuse = floats("fuse.weight");
        float[] mean = floats("norm.running_mean");
        float[] shift = floats("norm.shift");
        double[] factors = factors();
        double[] sum = new double[width];
        for (int s = 0; s < widths.size(); s++) {
            float[] bias = floats("projections." + s + ".bias");
            for (int o = 0; o < width; o++) {
                for (int k = 0; k < width; k++) {
                    sum[o] += (double) fuse[part(o, s) + k] * bias[k];
                }
            }
        }
        float[] out = new float[width];
        for (int o = 0; o < width; o++) {
            out[o] = (float) (factors[o] * (sum[o] - mean[o]) + shift[o]);
        }
        return Tensor.of(out, width);
    }
}
