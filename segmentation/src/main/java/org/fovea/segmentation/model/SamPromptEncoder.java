package org.fovea.segmentation.model;

import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * Embeds the prompts of SAM: points and corners of boxes as Fourier features of their places plus a vector of their kind, a mask
 * through three convolutions.
 *
 * <p>Its weights below a scope: {@code frequencies} [2, width/2], the random matrix that the image's places share; {@code
 * none} and {@code kinds.k} [1, width] for k from 0 to 3; {@code no_mask} [1, width]; {@code mask.conv1.weight} [c/4, 4], {@code
 * mask.conv2.weight} [c, c], {@code mask.conv3.weight} [width, c] with their biases, {@code mask.norm1.*}, {@code mask.norm2.*}.
 *
 * @param width channels of a token, even
 * @param side number of image tokens along each side
 * @param imagePixels side of the encoder's input, in which points are given
 * @param maskChannels hidden channels of the mask embedding, c, a multiple of 4
 * @param activation activation between the convolutions
 * @param epsilon epsilon of the norms between the convolutions
 * @see <a href="https://arxiv.org/abs/2304.02643">Kirillov et al. 2023, appendix A, prompt encoder</a>
 * @see <a href="https://arxiv.org/abs/2006.10739">Tancik et al. 2020, equation 5</a>
 */
public record SamPromptEncoder(
        int width, int side, int imagePixels, int maskChannels, Activation activation, double epsilon) {
    /** Name, below the scope, of the positional features of the image; {@link #places} computes them once for all prompts. */
    static final String PLACES = "places";
    /** Name of the random frequency matrix below the scope. */
    static final String FREQUENCIES = "frequencies";
    /** Pixels of a mask along each side of a token. */
    public static final int MASK_PIXELS = 4;

    private static final int KINDS = 4;
    private static final int SHRINK = 2; // stride of each of the first two convolutions

    /** Checks the sizes. */
    public SamPromptEncoder {
        Check.positive("SamPromptEncoder: side", side);
        Check.positive("SamPromptEncoder: imagePixels", imagePixels);
        Check.that(width > 0 && width % 2 == 0, "SamPromptEncoder: width", "be positive and even", width);
        Check.that(
                maskChannels > 0 && maskChannels % (SHRINK * SHRINK) == 0,
                "SamPromptEncoder: maskChannels",
                "be a positive multiple of 4",
                maskChannels);
    }

    /** Side of input and output masks, in pixels. */
    public int maskPixels() {
        return MASK_PIXELS * side;
    }

    /**
     * Adds the embedding of points.
     *
     * @param points {@code [P, n, 2]}, (x, y) in pixels of the encoder's input; (0, 0) is the center of the first pixel
     * @param kinds indices {@code [P, n]}: 0 for a padding point, {@link PointKind} from 1
     * @return {@code [P, n, width]}
     */
    Value points(Scope scope, Value points, Value kinds) {
        Graph graph = scope.graph();
        Value frequencies = scope.parameter(FREQUENCIES, 2, width / 2);
        Value at = points.affine(2.0 / imagePixels, 1.0 / imagePixels - 1); // pixel centers, scaled to -1 to 1
        // no matrix product, which might round to 16 bits: the angles need all 24
        Value angles = at.slice(2, 0, 1)
                .multiply(frequencies.slice(0, 0, 1))
                .add(at.slice(2, 1, 2).multiply(frequencies.slice(0, 1, 2)))
                .affine(2 * Math.PI, 0); // [P, n, width/2]
        Value features = angles.unary(UnaryKind.SIN).concat(2, angles.unary(UnaryKind.COS)); // [P, n, width]
        Value table = scope.parameter("none", 1, width);
        float[] isPoint = new float[KINDS + 1];
        for (int k = 0; k < KINDS; k++) {
            table = table.concat(0, scope.parameter("kinds." + k, 1, width));
            isPoint[k + 1] = 1;
        }
        Value shown = graph.constant(Tensor.of(isPoint, KINDS + 1, 1)).gather(0, kinds); // [P, n, 1]
        return features.multiply(shown).add(table.gather(0, kinds));
    }

    /** Adds the embedding for prompts without a mask, {@code [1, 1, width]}. */
    Value noMask(Scope scope) {
        return scope.parameter("no_mask", 1, width).reshape(1, 1, width);
    }

    /**
     * Adds the embedding of masks.
     *
     * @param masks {@code [P, 1, maskPixels, maskPixels]}, logits
     * @return {@code [P, N, width]}
     */
    Value masks(Scope scope, Value masks) {
        int prompts = masks.shape().dim(0);
        int half = maskPixels() / SHRINK;
        int fewer = maskChannels / (SHRINK * SHRINK);
        Value x = normed(
                scope,
                "norm1",
                new PatchEmbedding(SHRINK, fewer, true).build(scope.child("conv1"), masks)); // [P, half², fewer]
        Value image = x.reshape(prompts, half, half, fewer).permute(0, 3, 1, 2); // [P, fewer, half, half]
        x = normed(scope, "norm2", new PatchEmbedding(SHRINK, maskChannels, true).build(scope.child("conv2"), image));
        return new LinearLayer(width, true).build(scope.child("conv3"), x); // [P, N, width]
    }

    private Value normed(Scope scope, String name, Value x) {
        return activation.build(new LayerNormLayer(epsilon).build(scope.child(name), x));
    }

    /**
     * Fourier features of the centers of the image's tokens.
     *
     * @param frequencies random frequencies, {@code [2, width/2]}
     * @return {@code [1, N, width]}
     */
    Tensor places(Tensor frequencies) {
        float[] f = frequencies.toFloats();
        int half = width / 2;
        float[] out = new float[side * side * width];
        for (int i = 0; i < side * side; i++) {
            float x = 2 * ((i % side + 0.5f) / side) - 1;
            float y = 2 * ((i / side + 0.5f) / side) - 1;
            for (int k = 0; k < half; k++) {
                float angle = (float) (2 * Math.PI) * (x * f[k] + y * f[half + k]);
                out[i * width + k] = (float) Math.sin(angle);
                out[i * width + half + k] = (float) Math.cos(angle);
            }
        }
        return Tensor.of(out, 1, side * side, width);
    }
}
