package org.fovea.core.attention;

import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;

/**
 * Sliding windows with global tokens (Longformer): the first tokens are global, they attend to all and are attended to by all;
 * each other token attends to them and to the others at most {@code reach} places away, in one softmax. Global tokens have
 * maps to q, k and v of their own for what they read. Memory and time grow with N·(3·reach + globals).
 *
 * <p>The others are cut into blocks of {@code reach}; a block attends to itself and its two neighbors under a mask.
 *
 * <p>Departure from the paper: global tokens come first and have no place in the windows' order.
 *
 * @param heads number of heads; divides the width of the tokens
 * @param reach half the paper's window
 * @param globals number of global tokens, such as the [CLS] token
 * @see <a href="https://arxiv.org/abs/2004.05150">Beltagy et al. 2020, section 3</a>
 */
public record GlobalLocalAttention(int heads, int reach, int globals) {
    private static final int NEIGHBORS = 3;

    /** Checks the sizes. */
    public GlobalLocalAttention {
        Check.positive("GlobalLocalAttention: heads", heads);
        Check.positive("GlobalLocalAttention: reach", reach);
        Check.atLeast(0, "GlobalLocalAttention: globals", globals);
    }

    /**
     * Adds the mechanism and its weights {@code query}, {@code key}, {@code value}, {@code output} and, with global tokens,
     * {@code global_query}, {@code global_key}, {@code global_value}.
     *
     * @param x {@code [B, N, C]}, the global tokens first
     * @return values {@code [B, N, C]}, weights {@code global} {@code [B, heads, globals, N]} if there are such tokens, and
     *     {@code local} {@code [B, heads, blocks, reach, globals + 3·reach]}: over the global tokens, the block before, the
     *     same and the one after; rows past the end are padding
     * @throws IllegalArgumentException unless x has three axes, heads divide C and some tokens are not global
     */
    public AttentionOutput build(Scope scope, Value x) {
        Shape s = x.shape();
        if (s.rank() != 3 || s.dim(2) % heads != 0 || s.dim(1) <= globals) {
            throw new IllegalArgumentException("GlobalLocalAttention: x must be [B, N, C] with more tokens than the "
                    + globals + " global ones and heads must divide C, got " + s + " and " + heads + " heads");
        }
        ScaledDotProduct op = ScaledDotProduct.ofHeadWidth(s.dim(2) / heads);
        AttentionOutput local = local(op, scope, x);
        AttentionOutput out = AttentionOutput.of(local.values());
        if (globals > 0) {
            AttentionOutput global = global(op, scope, x);
            out = AttentionOutput.of(global.values().concat(1, local.values())).with("global", global); // [B, N, C]
        }
        Value y = new LinearLayer(s.dim(2), true).build(scope.child("output"), out.values());
        return out.withValues(y).with("local", local);
    }

    private AttentionOutput global(ScaledDotProduct op, Scope scope, Value x) {
        AttentionOutput read = op.build(
                scope,
                heads(scope, "global_query", x.slice(1, 0, globals)),
                heads(scope, "global_key", x),
                heads(scope, "global_value", x)); // [B, heads, globals, D]
        return read.withValues(Heads.join(read.values()));
    }

    private Value heads(Scope scope, String name, Value x) {
        return Heads.split(new LinearLayer(x.shape().dim(2), true).build(scope.child(name), x), heads);
    }

    /**
     * Attention of the tokens that are not global; heads and images share an axis, so that blocks get one of their own and
     * masks can be broadcast.
     */
    private AttentionOutput local(ScaledDotProduct op, Scope scope, Value x) {
        int batch = x.shape().dim(0);
        int tokens = x.shape().dim(1);
        int count = tokens - globals;
        int blocks = (count + reach - 1) / reach;
        int width = x.shape().dim(2) / heads;
        Value q = blocks(heads(scope, "query", x.slice(1, globals, tokens)), 0); // [blocks, B·heads, reach, D]
        Value k = seen(heads(scope, "key", x));
        Value v = seen(heads(scope, "value", x));
        AttentionOutput read = op.build(scope, q, k, v, mask(x.graph(), count)); // [blocks, B·heads, reach, D]
        Value values = read.values()
                .reshape(blocks, batch, heads, reach, width)
                .permute(1, 0, 3, 2, 4)
                .reshape(batch, blocks * reach, heads * width)
                .slice(1, 0, count);
        int keys = globals + NEIGHBORS * reach;
        return read.withValues(values)
                .mapWeights(w -> w.reshape(blocks, batch, heads, reach, keys).permute(1, 2, 0, 3, 4));
    }

    /**
     * Keys or values that each block attends to: {@code [B, heads, N, D]} to {@code [blocks, B·heads, globals + 3·reach, D]}.
     */
    private Value seen(Value x) {
        int tokens = x.shape().dim(2);
        Value others = x.slice(2, globals, tokens);
        Value out = blocks(others, -1).concat(2, blocks(others, 0), blocks(others, 1));
        if (globals == 0) {
            return out;
        }
        int[] s = out.shape().toArray();
        Value first =
                x.slice(2, 0, globals).reshape(1, s[1], globals, s[3]).broadcast(Shape.of(s[0], s[1], globals, s[3]));
        return first.concat(2, out);
    }

    /**
     * Blocks of {@code [B, heads, count, D]}, each replaced by the block {@code after} positions later, or zeros if there is
     * none.
     */
    private Value blocks(Value x, int after) {
        int[] s = x.shape().toArray();
        int blocks = (s[2] + reach - 1) / reach;
        Value at = x.reshape(s[0] * s[1], s[2], s[3]);
        if (after > 0 && blocks == 1) {
            return x.graph().fill(0, 1, s[0] * s[1], reach, s[3]);
        }
        int begin = Math.max(0, after) * reach;
        int end = after < 0 ? (blocks - 1) * reach : s[2];
        int before = Math.max(0, -after) * reach;
        if (begin > 0 || end < s[2]) {
            at = at.slice(1, begin, end);
        }
        int behind = blocks * reach - before - (end - begin);
        if (before > 0 || behind > 0) {
            at = at.pad(1, before, behind);
        }
        return at.reshape(s[0] * s[1], blocks, reach, s[3]).permute(1, 0, 2, 3);
    }

    /** Mask of the keys of each block: {@code [blocks, 1, reach, globals + 3·reach]}. */
    private Value mask(Graph graph, int count) {
        int blocks = (count + reach - 1) / reach;
        int keys = globals + NEIGHBORS * reach;
        return Masks.where(graph, blocks * reach, keys, (query, key) -> {
                    int other = (query / reach - 1) * reach + key - globals;
                    boolean near = other >= 0 && other < count && Math.abs(other - query) <= reach;
                    return key < globals || near ? 1 : 0;
                })
                .reshape(blocks, 1, reach, keys);
    }
}
