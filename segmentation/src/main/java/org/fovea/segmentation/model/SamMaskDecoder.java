package org.fovea.segmentation.model;

import org.fovea.core.Check;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SizeText;

/**
 * Masks of prompts: a token for each mask and one for their quality go with the prompt through a {@link TwoWayTransformer}; the image
 * is enlarged fourfold by two transposed convolutions; a small network makes of each mask's token the weights by which the
 * channels of the enlarged image are summed.
 *
 * <p>Its weights below a scope: {@code quality_token} [1, width], {@code mask_tokens} [masks, width], {@code transformer.*}, {@code
 * enlarge1.weight} [width, width/4, 2, 2], {@code enlarge1.bias}, {@code enlarge_norm.*}, {@code enlarge2.weight} [width/4, width/8, 2,
 * 2], {@code enlarge2.bias}, {@code masks.m.*} and {@code quality.*} with {@code in}, {@code hidden.i} and {@code out}.
 *
 * @param width channels of a token, a multiple of 8
 * @param multiple number of masks of an ambiguous prompt; there is one more mask for an unambiguous one
 * @param qualityHidden channels within the network that predicts quality
 * @param qualityDepth number of linear maps of that network
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023, figure 14 and appendix A, mask decoder</a>
 */
public record SamMaskDecoder(
        int width, TwoWayTransformer transformer, int multiple, int qualityHidden, int qualityDepth) {
    private static final int MASK_DEPTH = 3;
    private static final int ENLARGE = 2; // factor of each of two transposed convolutions
    private static final int PIXELS = ENLARGE * ENLARGE;
    private static final double ENLARGE_EPSILON = 1e-6;

    /** Checks the sizes. */
    public SamMaskDecoder {
        Check.that(width > 0 && width % 8 == 0, "SamMaskDecoder: width", "be a positive multiple of 8", width);
        Check.that(
                width % transformer.shrink() == 0
                        && width / transformer.shrink() % transformer.heads() == 0
                        && width % transformer.heads() == 0,
                "SamMaskDecoder: transformer",
                "divide the width " + width + " into heads",
                transformer);
        Check.positive("SamMaskDecoder: multiple", multiple);
        Check.positive("SamMaskDecoder: qualityHidden", qualityHidden);
        Check.atLeast(2, "SamMaskDecoder: qualityDepth", qualityDepth);
    }

    /** Description of the sizes. */
    public String describe() {
        return "two-way transformer, " + SizeText.blocks(transformer.depth(), width, transformer.heads()) + ", "
                + multiple + " masks of an ambiguous prompt";
    }

    /**
     * Masks of prompts.
     *
     * @param masks {@code [P, 1 + multiple, 4·side, 4·side]}, logits; the first mask is that of an unambiguous prompt
     * @param quality {@code [P, 1 + multiple]}, predicted intersection over union
     * @param attention the tokens' last attention to the image; for one prompt {@code [1, heads, T, N]}, with the masks' tokens
     *     from the second on
     */
    record Masks(Value masks, Value quality, AttentionOutput attention) {}

    /**
     * Adds the decoder.
     *
     * @param prompts embedded prompts, {@code [P, n, width]}
     * @param image image tokens {@code [R, N, width]}, R being P or 1
     * @param places positional features of the image, {@code [1, N, width]}
     */
    Masks build(Scope scope, Value prompts, Value image, Value places) {
        int rows = prompts.shape().dim(0);
        int side = (int) Math.round(Math.sqrt(image.shape().dim(1)));
        Value own = scope.parameter("quality_token", 1, width)
                .concat(0, scope.parameter("mask_tokens", 1 + multiple, width))
                .reshape(1, 2 + multiple, width);
        own = own.broadcast(own.shape().with(0, rows));
        TwoWayTransformer.Decoded out =
                transformer.build(scope.child("transformer"), own.concat(1, prompts), image, places);
        Value weights = perceptron(scope, "masks.0", token(out, 1), MASK_DEPTH, width, width / 8); // [P, 1, width/8]
        for (int m = 1; m <= multiple; m++) {
            weights =
                    weights.concat(1, perceptron(scope, "masks." + m, token(out, 1 + m), MASK_DEPTH, width, width / 8));
        }
        Value pixels = enlarged(scope, out.image()); // [P, N·16, width/8]
        Value masks = spread(weights.matmul(pixels, false, true), side); // [P, masks, 4·side, 4·side]
        Value quality = perceptron(scope, "quality", token(out, 0), qualityDepth, qualityHidden, 1 + multiple);
        return new Masks(masks, quality.reshape(rows, 1 + multiple), out.attention());
    }

    private static Value token(TwoWayTransformer.Decoded out, int index) {
        return out.tokens().slice(1, index, index + 1); // [P, 1, width]
    }

    /** Adds linear maps with ReLU in between. */
    private static Value perceptron(Scope scope, String name, Value x, int depth, int hidden, int last) {
        Scope at = scope.child(name).enter();
        Value y = new LinearLayer(hidden, true).build(at.child("in"), x).relu();
        for (int i = 0; i < depth - 2; i++) {
            y = new LinearLayer(hidden, true).build(at.child("hidden", i), y).relu();
        }
        return new LinearLayer(last, true).build(at.child("out"), y);
    }

    /** Upsamples rows and columns by four; the pixels of a token stay together: {@code [P, N·16, width/8]}. */
    private Value enlarged(Scope scope, Value image) {
        int rows = image.shape().dim(0);
        int tokens = image.shape().dim(1);
        Value x = enlarge(scope.child("enlarge1").enter(), image.reshape(rows * tokens, width), width / 4)
                .reshape(rows * tokens * PIXELS, width / 4);
        x = new LayerNormLayer(ENLARGE_EPSILON)
                .build(scope.child("enlarge_norm"), x)
                .gelu(GeluKind.EXACT);
        x = enlarge(scope.child("enlarge2").enter(), x, width / 8).gelu(GeluKind.EXACT);
        return x.reshape(rows, tokens * PIXELS * PIXELS, width / 8);
    }

    /**
     * Adds a transposed convolution whose stride equals its kernel: each row {@code [rows, in]} gives 2 x 2 pixels, {@code
     * [rows, 4·out]}.
     */
    private static Value enlarge(Scope scope, Value x, int out) {
        int in = x.shape().dim(1);
        Value weight = scope.parameter("weight", in, out, ENLARGE, ENLARGE)
                .permute(2, 3, 1, 0)
                .reshape(PIXELS * out, in);
        Value bias = scope.parameter("bias", out).reshape(1, out);
        return x.linear(weight, bias.broadcast(bias.shape().with(0, PIXELS)).reshape(PIXELS * out));
    }

    /** Reorders {@code [P, masks, side, side, 2, 2, 2, 2]} to {@code [P, masks, 4·side, 4·side]}. */
    private static Value spread(Value x, int side) {
        int[] s = x.shape().toArray();
        int whole = side * ENLARGE * ENLARGE;
        return x.reshape(s[0], s[1], side, side, ENLARGE, ENLARGE, ENLARGE, ENLARGE)
                .permute(0, 1, 2, 4, 6, 3, 5, 7)
                .reshape(s[0], s[1], whole, whole);
    }
}
