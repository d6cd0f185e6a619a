package org.fovea.studies.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.LabeledImage;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;

/** Gray square pictures of handwritten digits in memory, 0 to 1, and which digits they are. */
public final class Digits {
    /** Digits to tell apart. */
    public static final int CLASSES = 10;

    private static final float WHITE = 255;

    private final float[][] pictures;
    private final int[] labels;
    private final int side;

    private Digits(List<LabeledImage> samples) throws IOException {
        ImageDecoder decoder = ImageDecoder.create();
        pictures = new float[samples.size()][];
        labels = samples.stream().mapToInt(LabeledImage::label).toArray();
        int expected = 0;
        for (int i = 0; i < labels.length; i++) {
            LabeledImage sample = samples.get(i);
            RgbImage image = decoder.decode(sample.source().read(), sample.name());
            expected = i == 0 ? image.width() : expected;
            pictures[i] = gray(image, sample.name(), expected);
        }
        side = expected;
    }

    /**
     * One part of a data set of digits.
     *
     * @param data a zip file or folder of {@code split/digit/*.png}
     * @throws IOException when an image cannot be read, is not square or not as large as the first
     */
    public static Digits read(Path data, String split) throws IOException {
        try (DataSplits splits = DataSplits.open(data)) {
            return new Digits(splits.get(split).samples());
        }
    }

    private static float[] gray(RgbImage image, String name, int side) throws IOException {
        if (image.height() != side || image.width() != side) {
            throw new IOException(name + ": all digits must be square and as large as the first, " + side + "x" + side
                    + " pixels, got " + image.height() + "x" + image.width());
        }
        float[] out = new float[side * side];
        for (int i = 0; i < out.length; i++) {
            out[i] = (image.pixel(i % side, i / side) & 0xff) / WHITE;
        }
        return out;
    }

    /** Number of digits. */
    public int size() {
        return labels.length;
    }

    /** Height and width of each, in pixels. */
    public int side() {
        return side;
    }

    /** The digit. */
    public int label(int index) {
        return labels[index];
    }

    /** A picture's value between pixels, bilinear; 0 outside. */
    public float at(int index, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double right = x - left;
        double down = y - top;
        float[] all = pictures[index];
        return (float) ((1 - down) * ((1 - right) * pixel(all, left, top) + right * pixel(all, left + 1, top))
                + down * ((1 - right) * pixel(all, left, top + 1) + right * pixel(all, left + 1, top + 1)));
    }

    private float pixel(float[] all, int x, int y) {
        return x >= 0 && y >= 0 && x < side && y < side ? all[y * side + x] : 0;
    }
}
