package org.fovea.segmentation.tile;

import org.fovea.core.image.RgbImage;

/** An image that is read in parts. */
public interface RegionSource extends AutoCloseable {
    /** Height of the image in pixels. */
    int height();

    /** Width of the image in pixels. */
    int width();

    /**
     * Reads a part that lies within the image.
     *
     * @throws org.fovea.core.image.ImageException when it cannot be read
     */
    RgbImage read(int top, int left, int height, int width);

    /** Preferred number of rows to read in one call, beginning at a multiple of it. */
    default int rowsAtOnce() {
        return height();
    }

    @Override
    default void close() {}

    /** Wraps an image in memory. */
    static RegionSource of(RgbImage image) {
        byte[] samples = image.toBytes();
        return new RegionSource() {
            @Override
            public int height() {
                return image.height();
            }

            @Override
            public int width() {
                return image.width();
            }

            @Override
            public RgbImage read(int top, int left, int height, int width) {
                byte[] out = new byte[3 * height * width];
                for (int y = 0; y < height; y++) {
                    int from = 3 * ((top + y) * image.width() + left);
                    System.arraycopy(samples, from, out, 3 * y * width, 3 * width);
                }
                return RgbImage.of(height, width, out);
            }
        };
    }
}
