package org.fovea.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.SegmentStatistics;
import org.fovea.segmentation.mask.Segmentation;

/** Masks of a {@link PromptSegmenter} as one segmentation of the image, for files and figures. */
public final class MaskPainting {
    /** Names of the classes: pixels of no mask, and pixels of a mask. */
    public static final List<String> LABELS = List.of("background", "object");

    private static final int MOST_MASKS = Character.MAX_VALUE;

    private MaskPainting() {}

    /**
     * Paints masks over each other, smaller ones over larger ones. Their numbers are their positions in the list, from 1; a
     * mask that smaller ones cover entirely has no pixels and no statistics. Scores are the predicted intersections over union.
     *
     * @param height of the image, in pixels
     * @param width of the image, in pixels
     * @param masks at most 65,535 masks of that size
     */
    public static Segmentation paint(int height, int width, List<PredictedMask> masks) {
        Check.within(0, MOST_MASKS, "MaskPainting: the number of masks", masks.size());
        int[] ids = ids(height, width, masks);
        SegmentStatistics classes = new SegmentStatistics();
        SegmentStatistics objects = new SegmentStatistics();
        int[] inside = new int[ids.length];
        for (int y = 0; y < height; y++) {
            char[] numbers = new char[width];
            char[] kinds = new char[width];
            float[] scores = new float[width];
            for (int x = 0; x < width; x++) {
                int id = ids[y * width + x];
                numbers[x] = (char) id;
                kinds[x] = (char) (id == 0 ? 0 : 1);
                inside[y * width + x] = kinds[x];
                scores[x] = id == 0 ? 1 : score(masks.get(id - 1));
            }
            classes.add(y, kinds, scores);
            objects.add(y, numbers, scores);
        }
        Instances instances = new Instances(LabelMask.of(height, width, ids), objects.objects(id -> 1, LABELS));
        return new Segmentation(
                LabelMask.of(height, width, inside), LABELS, classes.classes(LABELS), Optional.of(instances));
    }

    private static float score(PredictedMask mask) {
        return (float) Math.max(0, Math.min(1, mask.predictedIou()));
    }

    private static int[] ids(int height, int width, List<PredictedMask> masks) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, masks.size()).boxed().toList());
        order.sort(Comparator.comparingInt(i -> -masks.get(i).mask().area()));
        int[] ids = new int[Math.multiplyExact(height, width)];
        for (int i : order) {
            BinaryMask mask = masks.get(i).mask();
            Check.that(
                    mask.height() == height && mask.width() == width,
                    "MaskPainting: a mask",
                    "have the image's size " + height + " x " + width,
                    mask);
            for (int y = mask.top(); y < mask.bottom(); y++) {
                for (int x = mask.left(); x < mask.right(); x++) {
                    if (mask.contains(x, y)) {
                        ids[y * width + x] = i + 1;
                    }
                }
            }
        }
        return ids;
    }
}
