package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.PillowResize;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;

/**
 * A random part of an image, resized.
 *
 * @param height rows of the result
 * @param width columns of the result
 * @param leastArea the smallest share of the image's area, above 0
 * @param mostArea the greatest, at most 1
 * @param leastRatio the smallest width over height, above 0
 * @param mostRatio the greatest
 * @param filters one of these is chosen at random each time
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
        implements Augmentation {
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

    /** The usual ratios, 3:4 to 4:3; bilinear or bicubic at random. */
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
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        RgbImage part = part(image, random);
        return PillowResize.resize(part, height, width, filters.get(random.nextInt(filters.size())));
    }

    private RgbImage part(RgbImage image, RandomGenerator random) {
        double area = (double) image.height() * image.width();
        for (int t = 0; t < TRIES; t++) {
            double wanted = area * between(leastArea, mostArea, random);
            double ratio = Math.exp(between(Math.log(leastRatio), Math.log(mostRatio), random));
            int w = (int) Math.round(Math.sqrt(wanted * ratio));
            int h = (int) Math.round(Math.sqrt(wanted / ratio));
            if (w > 0 && h > 0 && w <= image.width() && h <= image.height()) {
                int top = random.nextInt(image.height() - h + 1);
                int left = random.nextInt(image.width() - w + 1);
                return Crops.crop(image, top, left, h, w);
            }
        }
        return centre(image);
    }

    /** As much of the middle as the ratios allow. */
    private RgbImage centre(RgbImage image) {
        double ratio = Math.max(leastRatio, Math.min(mostRatio, (double) image.width() / image.height()));
        int w = Math.max(1, Math.min(image.width(), (int) Math.round(image.height() * ratio)));
        int h = Math.max(1, Math.min(image.height(), (int) Math.round(image.width() / ratio)));
        return Crops.crop(image, (image.height() - h) / 2, (image.width() - w) / 2, h, w);
    }

    private static double between(double least, double most, RandomGenerator random) {
        return least + (most - least) * random.nextDouble();
    }
}
