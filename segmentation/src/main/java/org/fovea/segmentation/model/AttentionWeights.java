package org.fovea.segmentation.model;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.segmentation.model.AttentionLayout.Grid;
import org.fovea.segmentation.model.AttentionLayout.Kind;

/**
 * Weights of a mechanism at one place of a network, in the forms that {@link AttentionLayout} names.
 *
 * @param kind kind of mechanism
 * @param name name of the position in the network
 * @param channels channels of the feature map
 * @param places grid of the feature map
 * @param keys grid that the last step of {@link FeatureAttention#WINDOW} attends to
 */
record AttentionWeights(FeatureAttention kind, String name, int channels, Grid places, Grid keys) {
    private static final Grid ONE = new Grid(1, 1);

    List<AttentionLayout> layouts() {
        String what = kind.key() + " at " + name;
        AttentionLayout gates = new AttentionLayout(what, Kind.CHANNELS, new Grid(1, channels), ONE);
        return switch (kind) {
            case NONE -> List.of();
            case SE, ECA -> List.of(gates);
            case CBAM -> List.of(gates, new AttentionLayout(what, Kind.GATES, places, ONE));
            case DUAL, AXIAL -> List.of(AttentionLayout.places(what, places, places));
            case WINDOW -> List.of(AttentionLayout.places(what, places, keys));
        };
    }

    /** Attention weights, one tensor for each of the {@link #layouts}. */
    List<Value> of(AttentionOutput read) {
        return switch (kind) {
            case NONE -> List.of();
            case SE, ECA -> List.of(read.weights());
            case CBAM -> {
                Value gates = read.weights("places");
                yield List.of(
                        read.weights("channels"), gates.reshape(gates.shape().dim(0), places.places()));
            }
            case DUAL -> List.of(read.weights("places"));
            case AXIAL -> List.of(across(read));
            case WINDOW -> List.of(read.weights(GridAttention.GLOBAL));
        };
    }

    /**
     * Attention between all positions through both steps of axial attention: the weight along the row times the weight along
     * the column, means over the heads.
     *
     * @return {@code [B, 1, H·W, H·W]}
     */
    private Value across(AttentionOutput read) {
        int h = places.rows();
        int w = places.columns();
        Value along =
                h == 1 ? null : read.weights(GridAttention.FIRST + ".height").mean(false, 1); // [B·W, H, H]
        Value over =
                w == 1 ? null : read.weights(GridAttention.FIRST + ".width").mean(false, 1); // [B·H, W, W]
        Value columns = along == null
                ? null
                : along.reshape(-1, w, h, h).permute(0, 2, 3, 1).reshape(-1, h, 1, h, w); // [B, H, 1, H', W']
        Value rows = over == null ? null : over.reshape(-1, h, w, 1, w); // [B, H, W, 1, W']
        if (columns == null || rows == null) {
            return (columns == null ? over : along).reshape(-1, 1, h * w, h * w);
        }
        return rows.multiply(columns).reshape(-1, 1, h * w, h * w);
    }
}
