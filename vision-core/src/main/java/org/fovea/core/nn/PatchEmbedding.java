package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;

/**
 * Cuts an image into square patches and maps each to a token: what checkpoints store as a convolution whose stride is its
 * kernel, here one matrix product over patches laid out as rows.
 *
 * @param patchPixels side of a patch
 * @param width channels of a token
 * @param bias whether the map has one
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, equation 1</a>
 */
public record PatchEmbedding(int patchPixels, int width, boolean bias) {
    /** Checks the sizes. */
    public PatchEmbedding {
        Check.positive("PatchEmbedding: patchPixels", patchPixels);
        Check.positive("PatchEmbedding: width", width);
    }

    /**
     * Adds the operations and the weights {@code weight} [width, C·p·p] (a convolution's [width, C, p, p] in the same
     * order) and {@code bias} [width].
     *
     * @param image {@code [B, C, H, W]}, H and W multiples of the patch
     * @return {@code [B, N, width]}, the patches row by row
     * @throws IllegalArgumentException when the image does not divide into patches
     */
    public Value build(Scope scope, Value image) {
        Shape s = image.shape();
        int p = patchPixels;
        if (s.rank() != 4 || s.dim(2) % p != 0 || s.dim(3) % p != 0) {
            throw new IllegalArgumentException(
                    "PatchEmbedding: the image must be [B, C, H, W] with H and W multiples of " + p + ", got " + s);
        }
        int channels = s.dim(1);
        int rows = s.dim(2) / p;
        int columns = s.dim(3) / p;
        Value patches = image.reshape(s.dim(0), channels, rows, p, columns, p)
                .permute(0, 2, 4, 1, 3, 5) // [B, rows, columns, C, p, p]
                .reshape(s.dim(0), rows * columns, channels * p * p); // [B, N, C·p·p]
        return new LinearLayer(width, bias).build(scope, patches); // [B, N, width]
    }
}
