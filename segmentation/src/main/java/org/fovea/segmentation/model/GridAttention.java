package org.fovea.segmentation.model;

import java.util.List;
import org.fovea.core.attention.ImageAttention;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;

/**
 * Attention of the places of a feature map to each other: one mechanism after the other, each over normalized tokens and added
 * to them.
 *
 * @param steps attention mechanisms over a grid {@code [B, H, W, C]}, applied one after the other
 */
record GridAttention(List<SelfAttention> steps) implements ImageAttention {
    /** Name of the first step's weights. */
    static final String FIRST = "step0";
    /** Name of the weights of the global step after windows. */
    static final String GLOBAL = "step1";

    private static final LayerNormLayer NORM = new LayerNormLayer(1e-5);

    GridAttention {
        steps = List.copyOf(steps);
    }

    GridAttention(SelfAttention only) {
        this(List.of(only));
    }

    /** Attention within windows, then over all positions. */
    static GridAttention windowThenGlobal(int heads, int window) {
        MultiHeadSelfAttention global = new MultiHeadSelfAttention(heads, true);
        return new GridAttention(List.of(new WindowAttention(heads, window, 0), (scope, grid, biases) -> {
            int[] s = grid.shape().toArray();
            Value tokens = grid.reshape(s[0], s[1] * s[2], s[3]); // [B, H·W, C]
            AttentionOutput read = global.build(scope, tokens, biases);
            return read.withValues(read.values().reshape(s));
        }));
    }

    @Override
    public AttentionOutput build(Scope scope, Value x) {
        Value grid = x.permute(0, 2, 3, 1); // [B, H, W, C]
        AttentionOutput all = AttentionOutput.of(x);
        for (int i = 0; i < steps.size(); i++) {
            Scope at = scope.child("steps", i);
            AttentionOutput read = steps.get(i).build(at.child("attention"), NORM.build(at.child("norm"), grid));
            grid = grid.add(read.values());
            all = all.with("step" + i, read);
        }
        return all.withValues(grid.permute(0, 3, 1, 2)); // [B, C, H, W]
    }
}
