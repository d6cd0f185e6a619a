package org.fovea.core.attention;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Block;
import org.fovea.core.nn.Scope;

/**
 * Two backbones of equal build, A looking and B looked for: gate 1 reads the stem of A and gates the image that B sees, gate 2
 * reads layer 1 of A and gates the stem of B, gate 3 reads layer 2 of A and gates layer 1 of B.
 *
 * @param stages of each backbone, {@code [B, C, H, W]} to {@code [B, C', H', W']}: the stem, layer 1, layer 2, and the layers
 *     that follow in B only
 * @see <a href="https://arxiv.org/abs/2411.10564">Hasan 2024, figure 1</a>
 */
public record EagleBackbones(List<Block> stages) {
    private static final int GATES = 3;

    /** Checks the number of stages. */
    public EagleBackbones {
        stages = List.copyOf(stages);
        if (stages.size() < GATES) {
            throw new IllegalArgumentException(
                    "EagleBackbones: there must be a stem, layer 1 and layer 2 at least, got " + stages.size()
                            + " stages");
        }
    }

    /**
     * Adds both backbones and the gates, their weights below {@code a.i}, {@code b.i} and {@code gate.i}.
     *
     * @param image {@code [B, C, H, W]}
     * @return output of the last stage of B, weights {@code gate.i} {@code [B, 1, H, W]}, the first over the image
     * @throws IllegalArgumentException unless the image has four axes
     */
    public AttentionOutput build(Scope scope, Value image) {
        Images.check("EagleBackbones", image);
        VisionEagleAttention gate = new VisionEagleAttention();
        Value looking = image;
        AttentionOutput seen = AttentionOutput.of(image);
        for (int i = 0; i < stages.size(); i++) {
            if (i < GATES) {
                looking = stages.get(i).build(scope.child("a", i), looking);
                AttentionOutput gated = gate.build(scope.child("gate", i), looking, seen.values());
                seen = seen.withValues(gated.values()).with("gate." + i, gated);
            }
            seen = seen.withValues(stages.get(i).build(scope.child("b", i), seen.values()));
        }
        return seen;
    }
}
