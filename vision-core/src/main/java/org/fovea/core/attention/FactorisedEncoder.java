package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TransformerBlock;

/**
 * The factorised encoder of ViViT: transformer blocks within each frame, each frame then one vector, the mean of its tokens, and
 * transformer blocks over those vectors. Memory and time grow with T·N² + T².
 *
 * <p>Departures from the paper: a frame's vector is the mean of its tokens, the choice it names beside a classification token;
 * positions are the caller's to add; a clip of one frame goes through no block over time, there being none.
 *
 * @param space the block within frames
 * @param spaceDepth number of those blocks
 * @param time the block over frames
 * @param timeDepth number of those blocks
 * @see <a href="https://arxiv.org/abs/2103.15691">Arnab et al. 2021, section 3.3, model 2</a>
 */
public record FactorisedEncoder(TransformerBlock space, int spaceDepth, TransformerBlock time, int timeDepth) {
    /** Checks the sizes. */
    public FactorisedEncoder {
        Check.positive("FactorisedEncoder: spaceDepth", spaceDepth);
        Check.positive("FactorisedEncoder: timeDepth", timeDepth);
    }

    /**
     * Adds the encoder and its weights below {@code space.i} and {@code time.i}.
     *
     * @param x {@code [B, T, N, C]}, T frames of N tokens
     * @return values {@code [B, T, C]}, weights of each block {@code space.i} {@code [B·T, heads, N, N]} and, for several
     *     frames, {@code time.i} {@code [B, heads, T, T]}
     * @throws IllegalArgumentException unless x has four axes and heads divide C
     */
    public AttentionOutput build(Scope scope, Value x) {
        int[] s = Frames.check("FactorisedEncoder", x);
        AttentionOutput out = AttentionOutput.of(x.reshape(s[0] * s[1], s[2], s[3]));
        out = stack(scope, "space", space, spaceDepth, out);
        out = out.withValues(out.values().mean(false, 1).reshape(s[0], s[1], s[3])); // [B, T, C]
        return s[1] == 1 ? out : stack(scope, "time", time, timeDepth, out);
    }

    private static AttentionOutput stack(
            Scope scope, String name, TransformerBlock block, int depth, AttentionOutput before) {
        AttentionOutput out = before;
        for (int i = 0; i < depth; i++) {
            AttentionOutput read = block.build(scope.child(name, i), out.values());
            out = out.withValues(read.values()).with(name + "." + i, read);
        }
        return out;
    }
}
