package org.fovea.vit.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.nn.LayerScale;
import org.fovea.core.nn.LogOffsetBias;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Learned weights, and what an inference graph wants made of them once. */
final class InferenceParameters implements WeightSource {
    private static final String PREFIX = "prefix";
    private static final String PATCH_POSITIONS = "patch_positions";

    private final ViTEncoder stored;
    private final ViTEncoder target;
    private final WeightSource weights;
    /** Name of the layer scale that is folded into a weight, by the weight's name. */
    private final Map<String, String> scaleOf = new HashMap<>();

    InferenceParameters(ViTEncoder stored, WeightSource weights, ViTEncoder target) {
        this.stored = stored;
        this.weights = weights;
        this.target = target;
        for (int i = 0; i < stored.depth() && stored.layerScale(); i++) {
            for (String part : List.of("weight", "bias")) {
                scaleOf.put("blocks." + i + ".attention.output." + part, "blocks." + i + ".scale1");
                scaleOf.put("blocks." + i + ".feed_forward.out." + part, "blocks." + i + ".scale2");
            }
        }
    }

    @Override
    public Shape shape(String name) {
        return switch (name) {
            case PREFIX -> Shape.of(1, target.tokens().prefix(), target.width());
            case PATCH_POSITIONS -> Shape.of(1, target.patchCount(), target.width());
            default -> isPairs(name) ? pairsShape() : weights.shape(name);
        };
    }

    @Override
    public Tensor tensor(String name) {
        return switch (name) {
            case PREFIX -> prefix();
            case PATCH_POSITIONS -> patchPositions();
            default -> {
                String scale = scaleOf.get(name);
                yield isPairs(name)
                        ? pairs(name)
                        : scale == null
                                ? weights.tensor(name)
                                : LayerScale.fold(weights.tensor(scale), weights.tensor(name));
            }
        };
    }

    @Override
    public void readFloats(String name, FloatBuffer into) {
        if (name.equals(PREFIX) || name.equals(PATCH_POSITIONS) || scaleOf.containsKey(name) || isPairs(name)) {
            into.put(tensor(name).toFloats());
        } else {
            weights.readFloats(name, into);
        }
    }

    private static boolean isPairs(String name) {
        return name.endsWith("." + LogOffsetBias.PAIRS);
    }

    private Shape pairsShape() {
        int n = target.tokenCount();
        return Shape.of(1, target.heads(), n, n);
    }

    private Tensor pairs(String name) {
        String path = name.substring(0, name.length() - LogOffsetBias.PAIRS.length());
        return target.logOffsets().pairs(part -> weights.tensor(path + part));
    }

    /** Class tokens and registers, with positions added to those that have one. */
    private Tensor prefix() {
        int width = target.width();
        float[] out = new float[target.tokens().prefix() * width];
        int at = 0;
        for (String name : target.classTokenNames()) {
            at = copy(weights.tensor(name), out, at);
        }
        if (target.tokens().registers() > 0) {
            copy(weights.tensor("registers"), out, at);
        }
        float[] positions = target.tokens().positionedPrefix() == 0
                ? new float[0]
                : weights.tensor("positions").toFloats();
        for (int i = 0; i < target.tokens().positionedPrefix() * width; i++) {
            out[i] += positions[i];
        }
        return Tensor.of(out, 1, target.tokens().prefix(), width);
    }

    private static int copy(Tensor from, float[] to, int at) {
        float[] values = from.toFloats();
        System.arraycopy(values, 0, to, at, values.length);
        return at + values.length;
    }

    private Tensor patchPositions() {
        PositionEmbedding to = target.positions();
        float[] all = stored.positions()
                .resize(weights.tensor("positions"), to, target.tokens().resize())
                .toFloats();
        int skipped = to.prefix() * target.width();
        float[] out = Arrays.copyOfRange(all, skipped, all.length);
        return Tensor.of(out, 1, target.patchCount(), target.width());
    }
}
