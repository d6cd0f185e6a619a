package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.Resampling;

/**
 * A random part of an image, resized.
 *
 * @param height height of the result in pixels
 * @param width width of the result in pixels
 * @param leastArea smallest fraction of the image's area, above 0
 * @param mostArea largest fraction of the image's area, at most 1
 * @param leastRatio smallest ratio of width to height, above 0
 * @param mostRatio largest ratio of width to height
 * @param filters resampling filters, one of which is chosen at random each time
 * @see <a href="https://arxiv.org/abs/1409.4842">Szegedy et al. 2014, section 6</a>
 */
public record RandomResizedCrop(
        int height,
        int width,
        double leastArea,
        double mostArea,
        double leastRatio,
        double mostRatio,
        List<Resampling> filters)
        implements Geometric {
    private static final int TRIES = 10;

    /** Checks the ranges. */
    public RandomResizedCrop {
        Check.positive("RandomResizedCrop: height", height);
        Check.positive("RandomResizedCrop: width", width);
        Check.range("RandomResizedCrop: area", leastArea, mostArea);
        Check.range("RandomResizedCrop: ratio", leastRatio, mostRatio);
        filters = List.copyOf(filters);
        if (mostArea > 1 || filters.isEmpty()) {
            throw new IllegalArgumentException(
                    "RandomResizedCrop: the area must be at most 1 and there must be a filter," + " got " + mostArea
                            + " and " + filters);
        }
    }

    /** Usual ratios, 3:4 to 4:3; bilinear or bicubic at random. */
    public static RandomResizedCrop of(int pixels, double leastArea, double mostArea) {
        return new RandomResizedCrop(
                pixels,
                pixels,
                leastArea,
                mostArea,
                3.0 / 4,
                4.0 / 3,
                List.of(Resampling.BILINEAR, Resampling.BICUBIC));
    }

    @Override
    public Geometry draw(int rows, int columns, RandomGenerator random) {
        Part part = part(rows, columns, random);
        Resampling filter = filters.get(random.nextInt(filters.size()));
        return Geometry.part(part.top, part.left, part.rows, part.columns, height, width, filter);
    }

    private record Part(int top, int left, int rows, int columns) {}

    private Part part(int rows, int columns, RandomGenerator random) {
        double area = (double) rows * columns;
        for (int t = 0; t < TRIES; t++) {
            double wanted = area * between(leastArea, mostArea, random);
            double ratio = Math.exp(between(Math.log(leastRatio), Math.log(mostRatio), random));
            int w = (int) Math.round(Math.sqrt(wanted * ratio));
            int h = (int) Math.round(Math.sqrt(wanted / ratio));
            if (w > 0 && h > 0 && w <= columns && h <= rows) {
                int top = random.nextInt(rows - h + 1);
                int left = random.nextInt(columns - w + 1);
                return new Part(top, left, h, w);
            }
        }
        return center(rows, columns);
    }

    /** Largest centered crop that the ratios allow. */
    private Part center(int rows, int columns) {
        double ratio = Math.max(leastRatio, Math.min(mostRatio, (double) columns / rows));
        int w = Math.max(1, Math.min(columns, (int) Math.round(rows * ratio)));
        int h = Math.max(1, Math.min(rows, (int) Math.round(columns / ratio)));
        return new Part((rows - h) / 2, (columns - w) / 2, h, w);
    }

    private static double between(double least, double most, RandomGenerator random) {
        return least + (most - least) * random.nextDouble();
    }
}
