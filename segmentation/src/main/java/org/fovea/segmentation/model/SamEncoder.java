package org.fovea.segmentation.model;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.attention.DecomposedAttention;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SizeText;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.nn.TransformerBlock.Scaling;
import org.fovea.core.nn.VisionEncoder;

/**
 * The image encoder of SAM: a plain vision transformer whose blocks attend within windows but for some that see the whole image,
 * and a neck of two convolutions.
 *
 * <p>Its weights below a scope: {@code patches.weight} [width, channels·p·p], {@code patches.bias}, {@code positions} [1, N, width],
 * {@code blocks.i.*} as {@link TransformerBlock} and {@link DecomposedAttention} name them, {@code neck.reduce.weight} [out, width],
 * {@code neck.norm1.*}, {@code neck.conv.weight} [out, out, 3, 3], {@code neck.norm2.*}.
 *
 * @param imagePixels side of the square input
 * @param channels of the image
 * @param patchPixels side of one patch; divides {@code imagePixels}
 * @param embeddingWidth channels of a token within the blocks
 * @param depth number of blocks
 * @param heads heads of each attention
 * @param feedForward feed-forward part of each block
 * @param looks attention of the blocks
 * @param width channels of a token after the neck
 * @param normEpsilon epsilon of the layer norms in the blocks
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023, section 3 and appendix A</a>
 */
public record SamEncoder(
        int imagePixels,
        int channels,
        int patchPixels,
        int embeddingWidth,
        int depth,
        int heads,
        Mlp feedForward,
        Looks looks,
        int width,
        double normEpsilon)
        implements VisionEncoder {
    private static final double NECK_EPSILON = 1e-6; // fixed, whatever the configuration says
    private static final int NECK_KERNEL = 3;

    /**
     * The attention of the blocks.
     *
     * @param window side of a window, in tokens; 0 if all blocks attend globally
     * @param global blocks that attend globally, counted from 0
     * @param qkvBias whether the maps to queries, keys and values have biases
     * @param relative whether blocks have relative position biases
     * @param absolute whether tokens have a position embedding
     */
    public record Looks(int window, List<Integer> global, boolean qkvBias, boolean relative, boolean absolute) {
        /** Copies the list. */
        public Looks {
            global = List.copyOf(global);
            Check.within(0, ModelLimits.KERNEL, "SamEncoder: window", window);
        }

        private DecomposedAttention attention(int heads, int block) {
            return new DecomposedAttention(heads, global.contains(block) ? 0 : window, qkvBias, relative);
        }
    }

    /** Checks every size, and that they are consistent. */
    public SamEncoder {
        check("imagePixels", imagePixels, ModelLimits.IMAGE_PIXELS);
        check("channels", channels, ModelLimits.CHANNELS);
        check("patchPixels", patchPixels, ModelLimits.IMAGE_PIXELS);
        check("embeddingWidth", embeddingWidth, ModelLimits.WIDTH);
        check("depth", depth, ModelLimits.DEPTH);
        check("width", width, ModelLimits.WIDTH);
        Check.that(
                imagePixels % patchPixels == 0,
                "SamEncoder: imagePixels",
                "be a multiple of patchPixels, " + patchPixels,
                imagePixels);
        Check.that(
                heads >= 1 && embeddingWidth % heads == 0,
                "SamEncoder: heads",
                "divide the width " + embeddingWidth,
                heads);
        Check.that(normEpsilon >= 0 && normEpsilon <= 1, "SamEncoder: normEpsilon", "lie in [0, 1]", normEpsilon);
        long tokens = (long) (imagePixels / patchPixels) * (imagePixels / patchPixels);
        check("the number of patches", (int) Math.min(Integer.MAX_VALUE, tokens), ModelLimits.TOKENS);
        ModelLimits.checkTensor("SamEncoder: the patches", tokens, embeddingWidth);
        ModelLimits.checkTensor("SamEncoder: the feed-forward map", feedForward.hidden(), embeddingWidth);
        ModelLimits.checkTensor("SamEncoder: the neck", (long) NECK_KERNEL * NECK_KERNEL * width, width);
    }

    private static void check(String what, int actual, int most) {
        ModelLimits.check("SamEncoder: " + what, actual, 1, most);
    }

    @Override
    public int imageHeight() {
        return imagePixels;
    }

    @Override
    public int imageWidth() {
        return imagePixels;
    }

    /** Number of tokens along each side of the image. */
    public int side() {
        return imagePixels / patchPixels;
    }

    /**
     * Adds the encoder.
     *
     * @return tokens after the neck; the attention weights of windowed blocks are {@code [B·windows, heads, L, L]}
     */
    @Override
    public String describe() {
        return "vision transformer, " + SizeText.blocks(depth, embeddingWidth, heads)
                + (looks.window() == 0 ? "" : ", windows of " + looks.window() + " but in blocks " + looks.global());
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        int batch = pixels.shape().dim(0);
        Value embedded = new PatchEmbedding(patchPixels, embeddingWidth, true)
                .build(scope.child("patches").enter(), pixels); // [B, N, width]
        if (looks.absolute()) {
            embedded = embedded.add(scope.parameter("positions", 1, side() * side(), embeddingWidth));
        }
        Tokens tokens = Tokens.embedded(embedded, side(), side(), 0, 0);
        Value grid = embedded.reshape(batch, side(), side(), embeddingWidth);
        for (int i = 0; i < depth; i++) {
            AttentionOutput block = block(i).build(scope.layer("blocks", i, depth), grid);
            grid = block.values();
            tokens = tokens.after(block.withValues(grid.reshape(batch, side() * side(), embeddingWidth)));
        }
        return tokens.with(neck(scope.child("neck").enter(), tokens.values()));
    }

    private TransformerBlock block(int index) {
        return new TransformerBlock(looks.attention(heads, index), feedForward, normEpsilon, Scaling.NONE);
    }

    /** Projects tokens {@code [B, N, embeddingWidth]} to {@code [B, N, width]}. */
    private Value neck(Scope scope, Value tokens) {
        int batch = tokens.shape().dim(0);
        LayerNormLayer norm = new LayerNormLayer(NECK_EPSILON);
        Value x = new LinearLayer(width, false).build(scope.child("reduce"), tokens);
        x = norm.build(scope.child("norm1"), x)
                .reshape(batch, side(), side(), width)
                .permute(0, 3, 1, 2); // [B, width, H, W]
        x = new ConvLayer(width, NECK_KERNEL, ConvWindow.of(1, NECK_KERNEL / 2), false).build(scope.child("conv"), x);
        x = x.permute(0, 2, 3, 1).reshape(batch, side() * side(), width); // [B, N, width]
        return norm.build(scope.child("norm2"), x);
    }
}
