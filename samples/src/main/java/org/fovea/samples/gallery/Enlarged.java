package org.fovea.samples.gallery;

import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** Tensors as pictures of the gallery's size. */
final class Enlarged {
    private Enlarged() {}

    /** An image {@code [1, 3, H, W]}, 0 to 1, each of its pixels a square. */
    static RgbImage of(Tensor image) {
        int height = image.shape().dim(2);
        int width = image.shape().dim(3);
        float[] values = image.toFloats();
        byte[] rgb = new byte[3 * Studio.WIDTH * Studio.HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            int y = pixel / Studio.WIDTH * height / Studio.HEIGHT;
            int x = pixel % Studio.WIDTH * width / Studio.WIDTH;
            float value = values[(i % 3 * height + y) * width + x];
            rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
        }
        return RgbImage.of(Studio.HEIGHT, Studio.WIDTH, rgb);
    }
}
