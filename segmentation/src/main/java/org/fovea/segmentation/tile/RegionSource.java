package org.fovea.segmentation.tile;

import org.fovea.core.image.RgbImage;

/** An image that is read in parts. */
public interface RegionSource extends AutoCloseable {
    /** Rows of the image. */
    int height();

    /** Columns of the image. */
    int width();

    /**
     * Reads a part that lies within the image.
     *
     * @throws org.fovea.core.image.ImageException when it cannot be read
     */
    RgbImage read(int top, int left, int height, int width);

    /** Rows that are best read at once, from a multiple of their number on. */
    default int rowsAtOnce() {
        return height();
    }

    @Override
    default void close() {}

    /** An image in memory. */
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
