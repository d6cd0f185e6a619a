package org.fovea.segmentation.train;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.PrefetchedSource;
import org.fovea.core.data.augment.AnnotatedImage;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.instance.ObjectDistance;
import org.fovea.segmentation.instance.TouchingBorders;

/**
 * Batches of crops drawn from images at random, large images more often than small ones, in the background.
 *
 * @param augmentation makes crops of one size
 * @param classes number of classes, K
 * @param classWeights weight of each class in the losses
 * @param borderWeight weight added to pixels where objects nearly touch
 * @param seed seed of the crops, their order and their augmentation
 */
public record CropBatches(
        Augmentation augmentation, int classes, List<Double> classWeights, double borderWeight, long seed) {
    private static final int REACH = 2; // pixels around a pixel within which two nuclei count as nearly touching
    private static final int CHANNELS = 3;
    private static final double MOST_OFTEN = 4; // limit of an image's frequency, relative to one of 256 x 256 pixels

    /** Checks the weights. */
    public CropBatches {
        classWeights = List.copyOf(classWeights);
        Check.that(
                classWeights.size() == classes,
                "CropBatches: weights of classes",
                "be " + classes,
                classWeights.size());
        classWeights.forEach(weight -> Check.notNegative("CropBatches: weight of a class", weight));
        Check.notNegative("CropBatches: weight of borders", borderWeight);
    }

    /** An image ready to be cut: classes, depth and nearness of objects, as masks. */
    private record Source(AnnotatedImage image, double share) {}

    /**
     * Endless batches of crops.
     *
     * @param batch crops in a batch
     * @param batches batches in an epoch
     */
    public BatchSource<SegmentationBatch> of(List<SegmentationSample> samples, int batch, int batches) {
        Check.atLeast(1, "CropBatches: images", samples.size());
        List<Source> sources = samples.stream().map(this::source).toList();
        double[] sums = new double[sources.size()];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += sources.get(i).share;
            sums[i] = sum;
        }
        return new PrefetchedSource<>(batch, batches, 1, epoch -> number -> {
            long first = ((long) epoch * batches + number) * batch;
            return batch(IntStream.range(0, batch)
                    .mapToObj(i -> crop(sources, sums, first + i))
                    .toList());
        });
    }

    private AnnotatedImage crop(List<Source> sources, double[] sums, long number) {
        RandomGenerator random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
        double at = random.nextDouble() * sums[sums.length - 1];
        int chosen = 0;
        while (sums[chosen] < at) {
            chosen++;
        }
        return augmentation.apply(sources.get(chosen).image, random);
    }

    private Source source(SegmentationSample sample) {
        LabelMask none = LabelMask.of(
                sample.image().height(),
                sample.image().width(),
                new int[sample.image().height() * sample.image().width()]);
        LabelMask distance = sample.instances().map(ObjectDistance::of).orElse(none);
        LabelMask border =
                sample.instances().map(mask -> TouchingBorders.of(mask, REACH)).orElse(none);
        double side =
                Math.sqrt((double) sample.image().height() * sample.image().width());
        return new Source(
                new AnnotatedImage(sample.image(), List.of(sample.classes(), distance, border), List.of()),
                Math.min(side, MOST_OFTEN * 256));
    }

    /** Combines crops of one size to a batch. */
    private SegmentationBatch batch(List<AnnotatedImage> crops) {
        int height = crops.get(0).image().height();
        int width = crops.get(0).image().width();
        int plane = height * width;
        float[] targets = new float[crops.size() * classes * plane];
        float[] importance = new float[targets.length];
        float[] distance = new float[crops.size() * plane];
        for (int i = 0; i < crops.size(); i++) {
            List<LabelMask> masks = crops.get(i).masks();
            for (int p = 0; p < plane; p++) {
                int known = masks.get(0).label(p / width, p % width);
                distance[i * plane + p] = masks.get(1).label(p / width, p % width) / (float) ObjectDistance.DEEPEST;
                if (known < classes) {
                    double border = borderWeight * masks.get(2).label(p / width, p % width);
                    targets[(i * classes + known) * plane + p] = 1;
                    for (int k = 0; k < classes; k++) {
                        importance[(i * classes + k) * plane + p] = (float) (classWeights.get(known) + border);
                    }
                }
            }
        }
        return new SegmentationBatch(
                pixels(crops.stream().map(AnnotatedImage::image).toList()),
                Tensor.of(targets, crops.size(), classes, height, width),
                Tensor.of(importance, crops.size(), classes, height, width),
                Tensor.of(distance, crops.size(), 1, height, width));
    }

    /** Converts images of one size to {@code [B, 3, H, W]}, 0 to 1. */
    static Tensor pixels(List<RgbImage> images) {
        int height = images.get(0).height();
        int width = images.get(0).width();
        int plane = height * width;
        float[] out = new float[images.size() * CHANNELS * plane];
        for (int i = 0; i < images.size(); i++) {
            byte[] rgb = images.get(i).toBytes();
            for (int c = 0; c < CHANNELS; c++) {
                int begin = (i * CHANNELS + c) * plane;
                for (int p = 0; p < plane; p++) {
                    out[begin + p] = (rgb[CHANNELS * p + c] & 0xff) / 255f;
                }
            }
        }
        return Tensor.of(out, images.size(), CHANNELS, height, width);
    }
}
