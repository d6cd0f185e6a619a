package org.fovea.vit.train;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Digits of seven bars on gray pictures, each somewhere else; every batch has others. */
record ShiftedDigits(int images, int batchesPerEpoch, long seed) implements ClassificationSource {
    static final int CLASSES = 10;
    static final int SIDE = 32;
    /** The farthest a digit stands from the middle along an axis, in pixels. */
    static final double FARTHEST = 7;

    /** Top, top left, top right, middle, bottom left, bottom right, bottom. */
    private static final String[] BARS = {
        "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"
    };

    private static final double[][] PLACES = {
        {0, 0, 8, 2}, {0, 0, 2, 7}, {6, 0, 2, 7}, {0, 5, 8, 2}, {0, 5, 2, 7}, {6, 5, 2, 7}, {0, 10, 8, 2}
    };
    private static final double SCALE = 1.5;
    private static final double WIDTH = 8;
    private static final double HEIGHT = 12;

    @Override
    public List<String> classNames() {
        return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    }

    @Override
    public Shape imageShape() {
        return Shape.of(1, SIDE, SIDE);
    }

    @Override
    public int batchSize() {
        return images;
    }

    @Override
    public BatchIterator<ClassificationBatch> batches(int epoch, int firstBatch) {
        return new BatchIterator<>() {
            private int next = firstBatch;

            @Override
            public boolean hasNext() {
                return next < batchesPerEpoch;
            }

            @Override
            public ClassificationBatch next() {
                return batch(new Random(seed * 1_000_003 + (long) epoch * batchesPerEpoch + next++));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}

    private ClassificationBatch batch(Random random) {
        Tensor pixels = Tensor.zeros(DType.F32, Shape.of(images, 1, SIDE, SIDE));
        Tensor targets = Tensor.zeros(DType.F32, Shape.of(images, CLASSES));
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            labels[i] = random.nextInt(CLASSES);
            double x = random.nextDouble(-FARTHEST, FARTHEST);
            double y = random.nextDouble(-FARTHEST, FARTHEST);
            pixels.buffer().asFloatBuffer().put(i * SIDE * SIDE, draw(labels[i], x, y));
            targets.buffer().asFloatBuffer().put(i * CLASSES + labels[i], 1);
        }
        return new ClassificationBatch(pixels, targets, labels);
    }

    /** A digit to the right of the middle and below it, in pixels; bars are 1, the ground is 0. */
    private static float[] draw(int digit, double x, double y) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setTransform(
                AffineTransform.getTranslateInstance((SIDE - SCALE * WIDTH) / 2 + x, (SIDE - SCALE * HEIGHT) / 2 + y));
        pen.scale(SCALE, SCALE);
        pen.setColor(Color.WHITE);
        for (int bar = 0; bar < PLACES.length; bar++) {
            if (BARS[digit].charAt(bar) == '1') {
                double[] at = PLACES[bar];
                pen.fill(new Rectangle2D.Double(at[0], at[1], at[2], at[3]));
            }
        }
        pen.dispose();
        float[] out = new float[SIDE * SIDE];
        for (int i = 0; i < out.length; i++) {
            out[i] = image.getRaster().getSample(i % SIDE, i / SIDE, 0) / 255f;
        }
        return out;
    }
}
