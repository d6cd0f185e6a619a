package org.fovea.segmentation.model;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Heads;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;

/**
 * A decoder in which a few tokens read an image and the image reads the tokens. Each block: self-attention of the tokens, the tokens
 * read the image, a feed-forward map of the tokens, the image reads the tokens, every one followed by a norm of the sum; and at
 * the end the tokens read the image once more. Queries and keys have their positions added each time, those of the tokens being
 * what the tokens were at first.
 *
 * <p>Its weights below a scope: {@code blocks.i.self.*}, {@code .read.*}, {@code .feed_forward.*}, {@code .write.*} and {@code
 * .norm1} to {@code .norm4}; {@code read.*} and {@code norm}; an attention has {@code query}, {@code key}, {@code value} and {@code
 * output}.
 *
 * @param depth number of blocks
 * @param heads heads of each attention
 * @param shrink divisor of the width within attention between tokens and image
 * @param feedForward feed-forward part for the tokens
 * @param epsilon epsilon of the norms in the blocks
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023, figure 14 and appendix A, mask decoder</a>
 */
public record TwoWayTransformer(int depth, int heads, int shrink, Mlp feedForward, double epsilon) {
    private static final double LAST_EPSILON = 1e-5; // fixed, whatever the configuration says

    /** Checks the sizes. */
    public TwoWayTransformer {
        Check.positive("TwoWayTransformer: depth", depth);
        Check.positive("TwoWayTransformer: heads", heads);
        Check.positive("TwoWayTransformer: shrink", shrink);
    }

    /**
     * Tokens and image after all blocks.
     *
     * @param tokens {@code [P, T, C]}
     * @param image {@code [P, N, C]}
     * @param attention the tokens' last attention to the image: {@code [P, heads, T, N]} if there was one image per row of
     *     tokens
     */
    record Decoded(Value tokens, Value image, AttentionOutput attention) {}

    /**
     * Adds the decoder.
     *
     * @param tokens {@code [P, T, C]}
     * @param image image tokens {@code [R, N, C]}, R being P or 1 for an image that all rows of tokens share
     * @param places positional features of the image, {@code [1, N, C]}
     */
    Decoded build(Scope scope, Value tokens, Value image, Value places) {
        State at = new State(tokens, tokens, image, places);
        for (int i = 0; i < depth; i++) {
            at = block(scope.child("blocks", i), at, i == 0);
        }
        AttentionOutput read = read(scope.child("read").enter(), at);
        Value last = new LayerNormLayer(LAST_EPSILON).build(scope.child("norm"), at.tokens.add(read.values()));
        return new Decoded(last, at.image, read);
    }

    /** Values that a block reads; {@code first} are the tokens at the beginning, their positions. */
    private record State(Value tokens, Value first, Value image, Value places) {
        Value placedTokens() {
            return tokens.add(first);
        }

        Value placedImage() {
            return image.add(places);
        }

        State withTokens(Value next) {
            return new State(next, first, image, places);
        }

        State withImage(Value next) {
            return new State(tokens, first, next, places);
        }
    }

    private State block(Scope scope, State in, boolean isFirst) {
        int width = in.tokens.shape().dim(2);
        Scope self = scope.child("self").enter();
        // In the first block the tokens are their own positions: they are not added again, and there is no
        // residual connection.
        Value mixed = isFirst
                ? attend(self, in.tokens, in.tokens, in.tokens, width).values()
                : in.tokens.add(attend(self, in.placedTokens(), in.placedTokens(), in.tokens, width)
                        .values());
        State at = in.withTokens(norm(scope, 1, mixed));
        Value seen = read(scope.child("read").enter(), at).values();
        at = at.withTokens(norm(scope, 2, at.tokens.add(seen)));
        Value fed = feedForward.build(scope.child("feed_forward").enter(), at.tokens);
        at = at.withTokens(norm(scope, 3, fed.add(at.tokens)));
        Value written = attend(
                        scope.child("write").enter(), at.placedImage(), at.placedTokens(), at.tokens, inner(width))
                .values();
        return at.withImage(norm(scope, 4, written.add(at.image)));
    }

    private Value norm(Scope scope, int number, Value x) {
        return new LayerNormLayer(epsilon).build(scope.child("norm" + number), x);
    }

    private int inner(int width) {
        return width / shrink;
    }

    /** Lets the tokens attend to the image; rows of tokens that share an image form one sequence. */
    private AttentionOutput read(Scope scope, State at) {
        int[] s = at.tokens.shape().toArray();
        int images = at.image.shape().dim(0);
        Value queries = at.placedTokens().reshape(images, s[0] / images * s[1], s[2]);
        AttentionOutput read = attend(scope, queries, at.placedImage(), at.image, inner(s[2]));
        return read.withValues(read.values().reshape(s));
    }

    /**
     * Multi-head attention of a given width, projected back to the width of the queries; a single row of queries is broadcast
     * to all rows of keys.
     */
    private AttentionOutput attend(Scope scope, Value queries, Value keys, Value values, int width) {
        LinearLayer map = new LinearLayer(width, true);
        Value q = map.build(scope.child("query"), queries); // [R, N, width]
        int rows = keys.shape().dim(0);
        if (q.shape().dim(0) < rows) {
            q = q.broadcast(q.shape().with(0, rows));
        }
        Value k = Heads.split(map.build(scope.child("key"), keys), heads); // [P, heads, M, D]
        Value v = Heads.split(map.build(scope.child("value"), values), heads);
        AttentionOutput read = ScaledDotProduct.ofHeadWidth(width / heads)
                .build(scope, Heads.split(q, heads), k, v); // [P, heads, N, D]
        Value joined = Heads.join(read.values());
        return read.withValues(new LinearLayer(queries.shape().dim(2), true).build(scope.child("output"), joined));
    }
}
