package org.fovea.core.data.augment;

import org.fovea.core.image.RgbImage;

/** Parts of images. */
final class Crops {
    private Crops() {}

    static RgbImage crop(RgbImage image, int top, int left, int height, int width) {
        if (height == image.height() && width == image.width()) {
            return image;
        }
        byte[] in = image.toBytes();
        byte[] out = new byte[3 * height * width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(in, 3 * ((top + y) * image.width() + left), out, 3 * y * width, 3 * width);
        }
        return RgbImage.of(height, width, out);
    }
}
