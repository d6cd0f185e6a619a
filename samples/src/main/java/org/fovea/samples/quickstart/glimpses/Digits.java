package org.fovea.samples.quickstart.glimpses;

import java.io.IOException;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.ImageDataset;
import org.fovea.core.data.Sample;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;

/** Grey images of digits in memory, 0 to 1, and what they show. */
final class Digits {
    static final int CLASSES = 10;
    private static final float WHITE = 255;

    private final float[][] pixels;
    private final int[] labels;
    private final int side;

    private Digits(float[][] pixels, int[] labels, int side) {
        this.pixels = pixels;
        this.labels = labels;
        this.side = side;
    }

    static Digits read(DataSplits splits, String part) throws IOException {
        ImageDataset data = splits.get(part);
        ImageDecoder decoder = ImageDecoder.create();
        float[][] pixels = new float[data.size()][];
        int[] labels = new int[data.size()];
        int side = 0;
        for (int i = 0; i < pixels.length; i++) {
            Sample sample = data.samples().get(i);
            RgbImage image = decoder.decode(sample.source().read(), sample.name());
            side = image.width();
            pixels[i] = new float[side * side];
            for (int p = 0; p < pixels[i].length; p++) {
                pixels[i][p] = (image.pixel(p % side, p / side) & 0xff) / WHITE;
            }
            labels[i] = sample.label();
        }
        return new Digits(pixels, labels, side);
    }

    int size() {
        return labels.length;
    }

    /** Height and width in pixels. */
    int side() {
        return side;
    }

    int label(int index) {
        return labels[index];
    }

    /** A pixel between pixels; 0 outside. */
    float at(int index, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double low = y - top;
        float[] all = pixels[index];
        return (float) ((1 - low) * ((1 - right) * pixel(all, left, top) + right * pixel(all, left + 1, top))
                + low * ((1 - right) * pixel(all, left, top + 1) + right * pixel(all, left + 1, top + 1)));
    }

    private float pixel(float[] all, int x, int y) {
        return x >= 0 && y >= 0 && x < side && y < side ? all[y * side + x] : 0;
    }
}
