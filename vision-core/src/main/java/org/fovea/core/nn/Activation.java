package org.fovea.core.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Value;

/** The function between the two linear maps of a feed-forward block. */
public enum Activation {
    /** Exact GELU, x·Φ(x) (Hendrycks and Gimpel, arXiv 1606.08415). */
    GELU("gelu"),
    /** The tanh approximation of GELU. */
    GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_tanh", "gelu_fast"),
    /** Sigmoid approximation of GELU, x·σ(1.702x), as in CLIP. */
    QUICK_GELU("quick_gelu", "quickgelu"),
    /** max(x, 0). */
    RELU("relu"),
    /** ReLU limited to 6, min(max(x, 0), 6), as in MobileNet. */
    RELU6("relu6"),
    /** SiLU, x·σ(x) (Ramachandran et al., arXiv 1710.05941). */
    SILU("silu", "swish"),
    /** ELU: x above 0, e^x - 1 below (Clevert et al., arXiv 1511.07289). */
    ELU("elu");

    private static final double SIX = 6;

    private final List<String> hubNames;

    Activation(String... hubNames) {
        this.hubNames = List.of(hubNames);
    }

    /** Activation by its name in a configuration of the hub, in any case. */
    public static Optional<Activation> ofHubName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(a -> a.hubNames.contains(lower)).findFirst();
    }

    /** Name to write in a configuration of the hub. */
    public String hubName() {
        return this == GELU_TANH ? hubNames.get(1) : hubNames.get(0); // the one that new checkpoints use
    }

    /** All names that {@link #ofHubName} accepts. */
    public static List<String> allHubNames() {
        return Arrays.stream(values()).flatMap(a -> a.hubNames.stream()).toList();
    }

    /** Adds the function to the graph. */
    public Value build(Value x) {
        return switch (this) {
            case GELU -> x.gelu(GeluKind.EXACT);
            case GELU_TANH -> x.gelu(GeluKind.TANH);
            case QUICK_GELU -> x.gelu(GeluKind.QUICK);
            case RELU -> x.relu();
            case RELU6 -> x.relu().minimum(x.graph().fill(SIX));
            case SILU -> x.silu();
            case ELU -> x.relu().add(x.minimum(x.graph().fill(0)).exp().affine(1, -1));
        };
    }
}
