package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;

/**
 * A random part of an image, mirrored, turned, scaled and bent: image and masks go the same way, for things that have no
 * upright. Beyond its borders the image goes on as its mirror image.
 *
 * @param height height of the result in pixels
 * @param width width of the result in pixels
 * @param leastScale smallest scale, above 0
 * @param mostScale largest scale
 * @param degrees largest rotation in either direction, in degrees, beside uniformly random quarter turns
 * @param bend standard deviation of the displacement of points {@link #CELL} pixels apart, in pixels; it is interpolated in
 *     between
 * @see <a href="https://arxiv.org/abs/1505.04597">Ronneberger et al. 2015, section 3.1, on elastic deformation</a>
 */
public record RandomWarp(int height, int width, double leastScale, double mostScale, double degrees, double bend)
        implements Augmentation {
    /** Distance between the points that are displaced, in pixels of the result. */
    public static final int CELL = 32;

    private static final int CHANNELS = 3;

    /** Checks the ranges. */
    public RandomWarp {
        Check.positive("RandomWarp: height", height);
        Check.positive("RandomWarp: width", width);
        Check.range("RandomWarp: scale", leastScale, mostScale);
        Check.notNegative("RandomWarp: degrees", degrees);
        Check.notNegative("RandomWarp: bend", bend);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when boxes are marked on the image
     */
    @Override
    public AnnotatedImage apply(AnnotatedImage sample, RandomGenerator random) {
        Check.that(
                sample.boxes().isEmpty(),
                "RandomWarp: the image",
                "have no boxes, which do not stay upright; mark its objects by a mask",
                sample.boxes());
        float[] points = points(sample.image(), random);
        return AnnotatedImage.of(image(sample.image(), points))
                .withMasks(sample.masks().stream().map(m -> mask(m, points)).toList());
    }

    /** Point (x, y) of the image that each pixel of the result shows. */
    private float[] points(RgbImage image, RandomGenerator random) {
        double scale = leastScale * Math.pow(mostScale / leastScale, random.nextDouble());
        double angle = Math.toRadians(degrees) * (2 * random.nextDouble() - 1) + Math.PI / 2 * random.nextInt(4);
        double mirror = random.nextBoolean() ? -1 : 1;
        double cos = Math.cos(angle) / scale;
        double sin = Math.sin(angle) / scale;
        double centerX = center(image.width(), width / scale, random);
        double centerY = center(image.height(), height / scale, random);
        int columns = width / CELL + 2;
        double[][] moves = new double[2][(height / CELL + 2) * columns];
        for (double[] axis : moves) {
            for (int i = 0; i < axis.length; i++) {
                axis[i] = bend == 0 ? 0 : bend * random.nextGaussian();
            }
        }
        float[] out = new float[2 * height * width];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i += 2) {
                double dx = (x + 0.5 - width / 2.0 + between(moves[0], columns, y, x)) * mirror;
                double dy = y + 0.5 - height / 2.0 + between(moves[1], columns, y, x);
                out[i] = (float) (centerX + cos * dx - sin * dy);
                out[i + 1] = (float) (centerY + sin * dx + cos * dy);
            }
        }
        return out;
    }

    /** Random center for which the part lies within the image if it fits. */
    private static double center(int size, double part, RandomGenerator random) {
        double free = Math.max(0, size - part);
        return size / 2.0 + free * (random.nextDouble() - 0.5);
    }

    private static double between(double[] points, int columns, int y, int x) {
        int at = y / CELL * columns + x / CELL;
        double v = (y % CELL + 0.5) / CELL;
        double u = (x % CELL + 0.5) / CELL;
        double upper = points[at] * (1 - u) + points[at + 1] * u;
        double lower = points[at + columns] * (1 - u) + points[at + columns + 1] * u;
        return upper * (1 - v) + lower * v;
    }

    /** Samples an image bilinearly. */
    private RgbImage image(RgbImage from, float[] points) {
        byte[] out = new byte[CHANNELS * height * width];
        for (int i = 0; i < height * width; i++) {
            float x = points[2 * i] - 0.5f;
            float y = points[2 * i + 1] - 0.5f;
            int left = (int) Math.floor(x);
            int top = (int) Math.floor(y);
            int x0 = mirrored(left, from.width());
            int x1 = mirrored(left + 1, from.width());
            int y0 = mirrored(top, from.height());
            int y1 = mirrored(top + 1, from.height());
            int p00 = from.pixel(x0, y0);
            int p01 = from.pixel(x1, y0);
            int p10 = from.pixel(x0, y1);
            int p11 = from.pixel(x1, y1);
            for (int c = 0, shift = 16; c < CHANNELS; c++, shift -= 8) {
                float upper = level(p00, shift) * (1 - x + left) + level(p01, shift) * (x - left);
                float lower = level(p10, shift) * (1 - x + left) + level(p11, shift) * (x - left);
                out[CHANNELS * i + c] = (byte) (int) (upper * (1 - y + top) + lower * (y - top) + 0.5f);
            }
        }
        return RgbImage.of(height, width, out);
    }

    private static int level(int pixel, int shift) {
        return pixel >> shift & 0xff;
    }

    /** Samples a mask: the label of the nearest pixel. */
    private LabelMask mask(LabelMask from, float[] points) {
        int[] out = new int[height * width];
        for (int i = 0; i < out.length; i++) {
            int x = mirrored((int) Math.floor(points[2 * i]), from.width());
            int y = mirrored((int) Math.floor(points[2 * i + 1]), from.height());
            out[i] = from.label(y, x);
        }
        return LabelMask.of(height, width, out).withOutside(from.outside());
    }

    /** Index of the pixel at a position of an image that is continued by reflection without end. */
    private static int mirrored(int at, int size) {
        int folded = Math.floorMod(at, 2 * size);
        return Math.min(folded, 2 * size - 1 - folded);
    }
}
