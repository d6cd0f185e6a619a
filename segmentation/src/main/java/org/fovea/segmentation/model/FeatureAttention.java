package org.fovea.segmentation.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.DualAttention;
import org.fovea.core.attention.EfficientChannelAttention;
import org.fovea.core.attention.ImageAttention;
import org.fovea.core.attention.SqueezeExcitation;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * Attention of a {@link PixelNetwork}. In an {@link AttentionUNet}, of which the comments here speak, gates of channels stand at
 * every resolution; attention between places, whose cost grows with their number, at the coarsest alone. {@link AttentionEncoder}
 * says where they stand there.
 */
public enum FeatureAttention {
    /** No attention. */
    NONE,
    /** {@link SqueezeExcitation} at every resolution. */
    SE,
    /** {@link EfficientChannelAttention} at every resolution. */
    ECA,
    /** {@link Cbam} at every resolution. */
    CBAM,
    /** {@link DualAttention} at the coarsest resolution. */
    DUAL,
    /** {@link AxialAttention} at the coarsest resolution, with a residual connection. */
    AXIAL,
    /** Attention within windows, then global attention, at the coarsest resolution, each with a residual connection. */
    WINDOW;

    private static final int REDUCTION = 8;
    private static final int CBAM_KERNEL = 7; // Woo et al. 2018, section 4.1
    static final int WINDOW_SIDE = 8;
    private static final int HEAD_WIDTH = 32;

    /** Name in a {@code config.json}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name within a sentence. */
    String describe() {
        return this == NONE ? "no attention" : key() + " attention";
    }

    /** Returns whether the mechanism is used at a resolution. */
    boolean isAt(boolean coarsest) {
        return switch (this) {
            case NONE -> false;
            case SE, ECA, CBAM -> true;
            case DUAL, AXIAL, WINDOW -> coarsest;
        };
    }

    /**
     * Adds the mechanism below a scope.
     *
     * @param x {@code [B, C, H, W]}
     * @return values {@code [B, C, H, W]}
     */
    AttentionOutput build(Scope scope, Value x) {
        return of(x.shape().dim(1)).map(block -> block.build(scope, x)).orElseGet(() -> AttentionOutput.of(x));
    }

    /** Initial values of weights with special ones, for the given number of channels. */
    Map<String, Tensor> initial(Scope scope, int channels) {
        return of(channels).map(block -> block.initial(scope)).orElse(Map.of());
    }

    /** Number of heads of about {@value #HEAD_WIDTH} channels; divides the number of channels. */
    static int heads(int channels) {
        int heads = Math.max(1, channels / HEAD_WIDTH);
        while (channels % heads != 0) {
            heads--;
        }
        return heads;
    }

    /** Mechanism for the given number of channels. */
    Optional<ImageAttention> of(int channels) {
        int heads = heads(channels);
        return switch (this) {
            case NONE -> Optional.empty();
            case SE -> Optional.of(new SqueezeExcitation(REDUCTION, true));
            case ECA -> Optional.of(EfficientChannelAttention.of(channels));
            case CBAM -> Optional.of(new Cbam(REDUCTION, CBAM_KERNEL));
            case DUAL -> Optional.of(new DualAttention(REDUCTION));
            case AXIAL -> Optional.of(new GridAttention(new AxialAttention(heads, AxialAttention.Relative.NONE)));
            case WINDOW -> Optional.of(GridAttention.windowThenGlobal(heads, WINDOW_SIDE));
        };
    }
}
