package org.fovea.samples.quickstart.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.Sample;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;

/** Pictures of 28x28 pixels of handwritten digits, grey, 0 to 1, and which digits they are. */
final class Digits {
    /** Side of a picture, in pixels. */
    static final int SIDE = 28;

    private final float[][] pictures;
    private final int[] labels;

    private Digits(List<Sample> samples) throws IOException {
        ImageDecoder decoder = ImageDecoder.create();
        pictures = new float[samples.size()][];
        labels = samples.stream().mapToInt(Sample::label).toArray();
        for (int i = 0; i < labels.length; i++) {
            Sample sample = samples.get(i);
            pictures[i] = grey(decoder.decode(sample.source().read(), sample.name()), sample.name());
        }
    }

    /**
     * One part of a data set of digits.
     *
     * @param data a zip file or folder of {@code split/digit/*.png}
     * @throws IOException when an image cannot be read
     */
    static Digits read(Path data, String split) throws IOException {
        try (DataSplits splits = DataSplits.open(data)) {
            return new Digits(splits.get(split).samples());
        }
    }

    private static float[] grey(RgbImage image, String name) throws IOException {
        if (image.height() != SIDE || image.width() != SIDE) {
            throw new IOException(name + ": digits must be 28x28 pixels, got " + image.height() + "x" + image.width());
        }
        byte[] rgb = image.toBytes();
        float[] out = new float[SIDE * SIDE];
        for (int i = 0; i < out.length; i++) {
            out[i] = (rgb[3 * i] & 0xff) / 255f;
        }
        return out;
    }

    int size() {
        return labels.length;
    }

    /** Row by row. */
    float[] picture(int index) {
        return pictures[index];
    }

    int label(int index) {
        return labels[index];
    }
}
