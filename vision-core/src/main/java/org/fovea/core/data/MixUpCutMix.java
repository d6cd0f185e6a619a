package org.fovea.core.data;

import java.util.random.RandomGenerator;
import org.fovea.core.tensor.Shape;

/**
 * Mixes each image with its mirror partner in the batch, the first with the last: by mixup, a weighted mean of the two, or
 * by CutMix, a box of one in the other; one choice and one share for the whole batch.
 *
 * @param mixUpAlpha alpha of mixup, whose weight is drawn from Beta(alpha, alpha); 0 for no mixup
 * @param cutMixAlpha alpha of CutMix, likewise
 * @param probability of mixing a batch
 * @param cutMixProbability probability of CutMix rather than mixup if both are used
 * @param epochs number of epochs with mixing; {@link Integer#MAX_VALUE} for all
 * @see <a href="https://arxiv.org/abs/1710.09412">mixup: Zhang et al. 2018, equation 2</a>
 * @see <a href="https://arxiv.org/abs/1905.04899">CutMix: Yun et al. 2019, equations 1 and 2</a>
 */
public record MixUpCutMix(
        double mixUpAlpha, double cutMixAlpha, double probability, double cutMixProbability, int epochs)
        implements BatchMix {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public MixUpCutMix {
        if (!(mixUpAlpha >= 0 && cutMixAlpha >= 0 && mixUpAlpha + cutMixAlpha > 0)
                || mixUpAlpha + cutMixAlpha == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "MixUpCutMix: the alphas must be finite and at least 0, one of them above" + " 0, got " + mixUpAlpha
                            + " and " + cutMixAlpha + "; BatchMix.none() mixes nothing");
        }
        if (!(probability >= 0 && probability <= 1 && cutMixProbability >= 0 && cutMixProbability <= 1)) {
            throw new IllegalArgumentException(
                    "MixUpCutMix: probabilities must lie in [0, 1], got " + probability + " and " + cutMixProbability);
        }
    }

    /** Mixes every batch in every epoch, by either method with equal probability. */
    public static MixUpCutMix of(double mixUpAlpha, double cutMixAlpha) {
        return new MixUpCutMix(mixUpAlpha, cutMixAlpha, 1, 0.5, Integer.MAX_VALUE);
    }

    /** Copy that stops mixing at an epoch. */
    public MixUpCutMix until(int epoch) {
        return new MixUpCutMix(mixUpAlpha, cutMixAlpha, probability, cutMixProbability, epoch);
    }

    @Override
    public void mix(float[] pixels, Shape shape, float[] targets, int count, int epoch, RandomGenerator random) {
        if (epoch >= epochs || random.nextDouble() >= probability) {
            return;
        }
        boolean cut = mixUpAlpha == 0 || cutMixAlpha > 0 && random.nextDouble() < cutMixProbability;
        double share = BetaDistribution.symmetric(cut ? cutMixAlpha : mixUpAlpha, random);
        int size = (int) shape.size();
        double kept = share;
        if (cut) {
            Box box = Box.random(shape.dim(1), shape.dim(2), 1 - share, random);
            kept = 1 - (double) box.area() / (shape.dim(1) * shape.dim(2));
            for (int i = 0, j = count - 1; i < j; i++, j--) {
                swap(pixels, i * size, j * size, shape, box);
            }
        } else {
            blend(pixels, count, size, (float) share);
        }
        blend(targets, count, targets.length / count, (float) kept);
    }

    private static void blend(float[] rows, int count, int size, float share) {
        float other = 1 - share;
        for (int i = 0, j = (count - 1) * size; i < j; i += size, j -= size) {
            for (int e = 0; e < size; e++) {
                float a = rows[i + e];
                float b = rows[j + e];
                rows[i + e] = share * a + other * b;
                rows[j + e] = share * b + other * a;
            }
        }
    }

    private static void swap(float[] pixels, int a, int b, Shape shape, Box box) {
        for (int c = 0; c < shape.dim(0); c++) {
            for (int y = box.top(); y < box.bottom(); y++) {
                int row = (c * shape.dim(1) + y) * shape.dim(2);
                for (int e = row + box.left(); e < row + box.right(); e++) {
                    float kept = pixels[a + e];
                    pixels[a + e] = pixels[b + e];
                    pixels[b + e] = kept;
                }
            }
        }
    }

    /** A part of an image, its far edges excluded. */
    private record Box(int left, int top, int right, int bottom) {
        /** Random box with a given fraction of the image's area around any pixel, cut off at the image's edges. */
        static Box random(int height, int width, double share, RandomGenerator random) {
            int h = (int) (height * Math.sqrt(share));
            int w = (int) (width * Math.sqrt(share));
            int top = random.nextInt(height) - h / 2;
            int left = random.nextInt(width) - w / 2;
            return new Box(Math.max(0, left), Math.max(0, top), Math.min(width, left + w), Math.min(height, top + h));
        }

        int area() {
            return (right - left) * (bottom - top);
        }
    }
}
