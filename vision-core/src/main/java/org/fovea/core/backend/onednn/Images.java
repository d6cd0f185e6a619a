package org.fovea.core.backend.onednn;

import org.fovea.core.graph.Value;

/** Images {@code [B, C, H, W]} with the channels innermost in memory, as convolutions and pooling are fastest. */
final class Images {
    private static final int[] CHANNELS_INSIDE = {0, 2, 3, 1};

    private Images() {}

    /** An image with the channels innermost, copied where it is not so or has another type. */
    static View channelsInside(Lowering to, ElementType type, View x) {
        return to.arranged(x, type, CHANNELS_INSIDE);
    }

    /** New memory for a node's value, in the type chosen for it. */
    static View result(Lowering to, Value value) {
        View view =
                to.temporary(to.types.of(value), CHANNELS_INSIDE, value.shape().toArray());
        to.bind(value, view);
        return view;
    }
}
