package org.fovea.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * A part of an image that is looked at by itself; right and bottom are the first column and row behind it.
 *
 * @param layer layer of the crop, 0 for the whole image
 */
record Crop(int left, int top, int right, int bottom, int layer) {
    /** The whole image, then the crops of each layer, column by column. */
    static List<Crop> of(int height, int width, EverythingOptions.Crops options) {
        List<Crop> out = new ArrayList<>(List.of(new Crop(0, 0, width, height, 0)));
        for (int layer = 1; layer <= options.layers(); layer++) {
            int side = 1 << layer;
            int overlap = (int) (options.overlap() * Math.min(height, width) * 2 / side);
            int across = length(width, side, overlap);
            int down = length(height, side, overlap);
            for (int i = 0; i < side * side; i++) {
                int left = i / side * (across - overlap);
                int top = i % side * (down - overlap);
                out.add(new Crop(left, top, Math.min(left + across, width), Math.min(top + down, height), layer));
            }
        }
        return out;
    }

    private static int length(int pixels, int side, int overlap) {
        return (int) Math.ceil((double) (overlap * (side - 1) + pixels) / side);
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    double area() {
        return (double) width() * height();
    }

    RgbImage cut(RgbImage image) {
        if (width() == image.width() && height() == image.height()) {
            return image;
        }
        byte[] from = image.toBytes();
        int row = from.length / image.height();
        int channels = row / image.width();
        byte[] out = new byte[width() * height() * channels];
        for (int y = 0; y < height(); y++) {
            System.arraycopy(from, (top + y) * row + left * channels, out, y * width() * channels, width() * channels);
        }
        return RgbImage.of(height(), width(), out);
    }

    /**
     * Returns whether an edge of a mask's box lies near an edge of this crop that is not an edge of the image, so that the crop
     * may have cut the object.
     */
    boolean cuts(BinaryMask mask, double pixels) {
        double[] box = {mask.left(), mask.top(), mask.right() - 1.0, mask.bottom() - 1.0};
        double[] mine = {left, top, right, bottom};
        double[] images = {0, 0, mask.width(), mask.height()};
        if (Arrays.equals(mine, images)) {
            return false;
        }
        for (int i = 0; i < box.length; i++) {
            if (Math.abs(box[i] - mine[i]) <= pixels && Math.abs(box[i] - images[i]) > pixels) {
                return true;
            }
        }
        return false;
    }
}
