package org.fovea.vit.model;

import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SizeText;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.TransformerBlock;

/**
 * The compact convolutional transformer without its head.
 *
 * <p>Its weights below a scope, N being the number of tokens: {@code tokenizer.i.weight} [out, in, k, k], {@code positions} [1,
 * N, width], {@code blocks.i.*} as {@link org.fovea.core.nn} names those of a block, {@code norm.scale}, {@code .shift}.
 *
 * @param imageHeight in pixels
 * @param imageWidth in pixels
 * @param channels of the image
 * @param tokenizer the convolutions that make tokens
 * @param width channels of a token
 * @param depth number of transformer blocks
 * @param heads heads of each attention; divides {@code width}
 * @param hidden channels within each feed-forward block
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, figure 2</a>; details as in the authors' code
 */
public record CompactEncoder(
        int imageHeight,
        int imageWidth,
        int channels,
        ConvTokenizer tokenizer,
        int width,
        int depth,
        int heads,
        int hidden)
        implements GridEncoder {
    private static final double NORM_EPSILON = 1e-5;

    /** Checks every size, and that they are consistent. */
    public CompactEncoder {
        check("imageHeight", imageHeight, ModelLimits.IMAGE_PIXELS);
        check("imageWidth", imageWidth, ModelLimits.IMAGE_PIXELS);
        check("channels", channels, ModelLimits.CHANNELS);
        check("width", width, ModelLimits.WIDTH);
        check("depth", depth, ModelLimits.DEPTH);
        check("hidden", hidden, ModelLimits.HIDDEN);
        check("the tokenizer's kernel", tokenizer.kernel(), ModelLimits.KERNEL);
        check("the tokenizer's stride", tokenizer.stride(), ModelLimits.KERNEL);
        check("the tokenizer's layers", tokenizer.layers(), ModelLimits.DEPTH);
        check("the tokenizer's planes", tokenizer.planes(), ModelLimits.WIDTH);
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "CompactEncoder: heads must be a positive divisor of width, got " + heads + " and " + width);
        }
        int tokens = Math.multiplyExact(tokenizer.tokens(imageHeight), tokenizer.tokens(imageWidth));
        check("the number of tokens", tokens, ModelLimits.TOKENS);
        long kernel = (long) tokenizer.kernel() * tokenizer.kernel();
        checkTensor("the position embedding", tokens, width);
        checkTensor("the first convolution", width, kernel * channels);
        checkTensor("a convolution", Math.max(width, tokenizer.planes()), kernel * tokenizer.planes());
        checkTensor("the qkv projection", 3L * width, width);
        checkTensor("the feed-forward map", hidden, width);
    }

    private static void check(String what, int actual, int most) {
        ModelLimits.check("CompactEncoder: " + what, actual, 1, most);
    }

    private static void checkTensor(String what, long rows, long columns) {
        ModelLimits.checkTensor("CompactEncoder: " + what, rows, columns);
    }

    @Override
    public int gridRows() {
        return tokenizer.tokens(imageHeight);
    }

    @Override
    public int gridColumns() {
        return tokenizer.tokens(imageWidth);
    }

    /** Learned position embedding for this image size. */
    public PositionEmbedding positions() {
        return new PositionEmbedding(0, gridRows(), gridColumns());
    }

    /** Copy for images of another size. */
    public CompactEncoder withImage(int rows, int columns) {
        return new CompactEncoder(rows, columns, channels, tokenizer, width, depth, heads, hidden);
    }

    @Override
    public String describe() {
        return "compact convolutional transformer, " + SizeText.blocks(depth, width, heads);
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        Tokens last = blocks(scope, pixels);
        return last.with(norm(scope, last.values()));
    }

    /** Adds everything but the last norm. */
    Tokens blocks(Scope scope, Value pixels) {
        Value tokens = tokenizer.build(scope.child("tokenizer").enter(), pixels, width);
        Value positions = scope.parameter("positions", 1, gridRows() * gridColumns(), width);
        Value x = scope.dropout(tokens.add(positions)); // [B, N, width]
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(heads, false),
                new Mlp(hidden, Activation.GELU),
                NORM_EPSILON,
                TransformerBlock.Scaling.NONE,
                NormPlacement.COMPACT);
        Tokens out = Tokens.embedded(x, gridRows(), gridColumns(), 0, 0);
        for (int i = 0; i < depth; i++) {
            out = out.after(block.build(scope.layer("blocks", i, depth), out.values()));
        }
        return out;
    }

    Value norm(Scope scope, Value x) {
        return new LayerNormLayer(NORM_EPSILON).build(scope.child("norm").enter(), x);
    }
}
