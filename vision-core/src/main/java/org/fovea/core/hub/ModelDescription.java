package org.fovea.core.hub;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.tensor.Shape;

/**
 * A model of any task as it describes itself.
 *
 * @param summary architecture, sizes, and the classes or words of its results
 * @param parameterShapes shapes of the learned weights by name; the name of a part comes first, as in {@code vision.norm.scale}
 * @param passes graphs that the model runs, that of the image first
 */
public record ModelDescription(ModelSummary summary, Map<String, Shape> parameterShapes, List<ModelPass> passes) {
    private static final String RUNNING = ".running_";
    private static final int FLOAT_BYTES = 4;
    private static final int BF16_BYTES = 2;

    /** Copies the list and checks it. */
    public ModelDescription {
        passes = List.copyOf(passes);
        if (passes.isEmpty()) {
            throw new IllegalArgumentException("ModelDescription: passes must have that of the image, got none");
        }
    }

    /** Number of learned values, without the running averages of batch norms. */
    public long parameterCount() {
        return parts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of learned values of each part, in the order of the shapes. */
    public Map<String, Long> parts() {
        Map<String, Long> out = new LinkedHashMap<>();
        parameterShapes.forEach((name, shape) -> {
            if (!name.contains(RUNNING)) {
                out.merge(name.split("\\.", 2)[0], shape.size(), Long::sum);
            }
        });
        return out;
    }

    /**
     * Size in bytes of the weights in memory for each precision: factors of linear maps and convolutions have its width (16
     * bits for convolutions beside 8-bit linear maps), all others single precision. A weight that is both a factor and looked
     * up, such as a word embedding, counts twice.
     */
    public Map<Precision, Long> weightBytes() {
        WeightUse use = new WeightUse();
        passes.forEach(pass -> use.add(pass.graph()));
        Map<Precision, Long> out = new EnumMap<>(Precision.class);
        out.put(Precision.F32, FLOAT_BYTES * (use.others() + use.convolutions() + use.linears()));
        out.put(Precision.BF16, FLOAT_BYTES * use.others() + BF16_BYTES * (use.convolutions() + use.linears()));
        out.put(Precision.INT8, FLOAT_BYTES * use.others() + BF16_BYTES * use.convolutions() + use.linears());
        return out;
    }
}
