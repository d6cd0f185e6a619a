package org.fovea.cli.gallery;

import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** Tensors as pictures, each of their pixels a square. */
final class Enlarged {
    private Enlarged() {}

    /** Image {@code [1, 3, H, W]}, 0 to 1, enlarged to the size of the gallery's photo. */
    static RgbImage of(Tensor image) {
        return of(image, Studio.HEIGHT, Studio.WIDTH);
    }

    /** Image {@code [1, 3, H, W]}, 0 to 1, enlarged to a size in pixels. */
    static RgbImage of(Tensor image, int height, int width) {
        int rows = image.shape().dim(2);
        int columns = image.shape().dim(3);
        float[] values = image.toFloats();
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int y = i / 3 / width * rows / height;
            int x = i / 3 % width * columns / width;
            float value = values[(i % 3 * rows + y) * columns + x];
            rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
        }
        return RgbImage.of(height, width, rgb);
    }
}
