package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Attended;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Sizes;
import org.fovea.core.nn.TransformerBlock;

/**
 * The factorised encoder of ViViT: transformer blocks within each frame, each frame then one vector, the mean of its tokens, and
 * transformer blocks over those vectors. Memory and time grow with T·N² + T².
 *
 * <p>Departures from the paper: a frame's vector is the mean of its tokens, the choice it names beside a classification token;
 * positions are the caller's to add; a clip of one frame goes through no block over time, there being none.
 *
 * @param space the block within frames
 * @param spaceDepth how many of it
 * @param time the block over frames
 * @param timeDepth how many of it
 * @see <a href="https://arxiv.org/abs/2103.15691">Arnab et al. 2021, section 3.3, model 2</a>
 */
public record FactorisedEncoder(TransformerBlock space, int spaceDepth, TransformerBlock time, int timeDepth) {
    /**
     * What the encoder yields.
     *
     * @param values {@code [B, T, C]}
     * @param space weights of each block within frames, {@code [B·T, heads, N, N]}; empty unless kept
     * @param time weights of each block over frames, {@code [B, heads, T, T]}; empty unless kept
     */
    public record Encoded(Value values, List<Value> space, List<Value> time) {}

    /** Checks the sizes. */
    public FactorisedEncoder {
        Sizes.positive("FactorisedEncoder: spaceDepth", spaceDepth);
        Sizes.positive("FactorisedEncoder: timeDepth", timeDepth);
    }

    /**
     * Adds the encoder and its weights below {@code space.i} and {@code time.i}.
     *
     * @param x {@code [B, T, N, C]}, T frames of N tokens
     * @throws IllegalArgumentException when x has not four axes or heads do not divide C
     */
    public Encoded build(Scope scope, Value x) {
        int[] s = Frames.check("FactorisedEncoder", x);
        List<Value> within = new ArrayList<>();
        List<Value> over = new ArrayList<>();
        Value tokens = stack(scope, "space", space, spaceDepth, x.reshape(s[0] * s[1], s[2], s[3]), within);
        Value frames = tokens.mean(false, 1).reshape(s[0], s[1], s[3]); // [B, T, C]
        Value y = s[1] == 1 ? frames : stack(scope, "time", time, timeDepth, frames, over);
        return new Encoded(y, within, over);
    }

    private static Value stack(
            Scope scope, String name, TransformerBlock block, int depth, Value x, List<Value> weights) {
        Value at = x;
        for (int i = 0; i < depth; i++) {
            Attended read = block.build(scope.child(name, i), at);
            read.weights().ifPresent(weights::add);
            at = read.values();
        }
        return at;
    }
}
