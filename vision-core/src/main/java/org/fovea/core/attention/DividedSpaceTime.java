package org.fovea.core.attention;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.TransformerBlock;

/**
 * The divided space-time block of TimeSformer: each token attends to the same place in all frames, x' = x + W·time(norm(x)) + b;
 * then a {@link TransformerBlock} attends within each frame. Memory and time grow with T·N·(T + N), not with (T·N)².
 *
 * <p>Departures from the paper: no classification token, take the mean of all; a clip of one frame leaves the first step out,
 * there being no time to attend to.
 *
 * @param time attention over frames
 * @param space rest of the block, with attention within a frame
 * @see <a href="https://arxiv.org/abs/2102.05095">Bertasius et al. 2021, equations 8 and 9</a>
 */
public record DividedSpaceTime(SelfAttention time, TransformerBlock space) {
    /**
     * Adds the block and its weights: {@code time_norm}, {@code time}, {@code time_output}, and those of the transformer block
     * below {@code space}.
     *
     * @param x {@code [B, T, N, C]}, T frames of N tokens
     * @return values {@code [B, T, N, C]}, weights {@code time} {@code [B·N, heads, T, T]}, unless there is a single frame, and
     *     {@code space} {@code [B·T, heads, N, N]}
     * @throws IllegalArgumentException unless x has four axes and heads divide C
     */
    public AttentionOutput build(Scope scope, Value x) {
        int[] s = Frames.check("DividedSpaceTime", x);
        AttentionOutput moved = s[1] == 1 ? AttentionOutput.of(x) : overTime(scope, x, s);
        AttentionOutput seen = space.build(scope.child("space"), moved.values().reshape(s[0] * s[1], s[2], s[3]));
        return moved.withValues(seen.values().reshape(s)).with("space", seen);
    }

    private AttentionOutput overTime(Scope scope, Value x, int[] s) {
        Value normed = new LayerNormLayer(space.epsilon()).build(scope.child("time_norm"), x);
        Value tracks = normed.permute(0, 2, 1, 3).reshape(s[0] * s[2], s[1], s[3]); // [B·N, T, C]
        AttentionOutput read = time.build(scope.child("time"), tracks);
        Value y = new LinearLayer(s[3], true).build(scope.child("time_output"), read.values());
        Value back = y.reshape(s[0], s[2], s[1], s[3]).permute(0, 2, 1, 3); // [B, T, N, C]
        return AttentionOutput.of(x.add(back)).with("time", read);
    }
}
