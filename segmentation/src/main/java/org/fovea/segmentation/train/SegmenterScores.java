package org.fovea.segmentation.train;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.image.LabelMask;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.metric.InstanceMatching;
import org.fovea.segmentation.metric.MatchingScores;
import org.fovea.segmentation.metric.SemanticScores;

/**
 * Scores of a segmenter on images whose masks are known.
 *
 * @param labels class names
 * @param pixels scores over all images
 * @param images scores of single images
 * @param objects scores pooled over the images, at each of {@link #THRESHOLDS}; empty if objects are not separated
 */
public record SegmenterScores(
        List<String> labels, SemanticScores pixels, List<ImageScore> images, List<MatchingScores> objects) {
    /** IoU thresholds at which objects are matched. */
    public static final List<Double> THRESHOLDS = List.of(0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9);

    /**
     * Scores of one image.
     *
     * @param score average precision of objects at IoU 0.5, or mean IoU of the classes
     * @param found predicted mask, of objects if they are separated, else of classes
     */
    public record ImageScore(SegmentationSample sample, double score, LabelMask found) {}

    /** Copies the lists. */
    public SegmenterScores {
        labels = List.copyOf(labels);
        images = List.copyOf(images);
        objects = List.copyOf(objects);
    }

    /**
     * Segments images and scores the result.
     *
     * @throws IllegalArgumentException when the truth has a class that the model lacks
     */
    public static SegmenterScores of(ImageSegmenter segmenter, List<SegmentationSample> samples) {
        SemanticScores all = new SemanticScores(segmenter.labels().size(), SegmentationSample.IGNORED);
        List<ImageScore> images = new ArrayList<>();
        List<List<MatchingScores>> matched = new ArrayList<>();
        for (SegmentationSample sample : samples) {
            Segmentation found = segmenter.segment(sample.image());
            all.add(sample.classes(), found.classes());
            if (sample.instances().isPresent() && found.instances().isPresent()) {
                Instances instances = found.instances().get();
                InstanceMatching matching =
                        InstanceMatching.of(sample.instances().get(), instances.ids());
                List<MatchingScores> each =
                        THRESHOLDS.stream().map(matching::at).toList();
                matched.add(each);
                boolean nothing = matching.trueObjects() + matching.predictedObjects() == 0;
                images.add(new ImageScore(sample, nothing ? 1 : each.get(0).averagePrecision(), instances.ids()));
            } else {
                SemanticScores own = new SemanticScores(segmenter.labels().size(), SegmentationSample.IGNORED);
                own.add(sample.classes(), found.classes());
                images.add(new ImageScore(sample, own.meanIou(), found.classes()));
            }
        }
        List<MatchingScores> pooled = new ArrayList<>();
        for (int t = 0; t < THRESHOLDS.size() && !matched.isEmpty(); t++) {
            int at = t;
            pooled.add(MatchingScores.pooled(
                    matched.stream().map(each -> each.get(at)).toList()));
        }
        return new SegmenterScores(segmenter.labels(), all, images, pooled);
    }

    /** Images with the lowest scores, the worst first. */
    public List<ImageScore> worst(int count) {
        return images.stream()
                .sorted((a, b) -> Double.compare(a.score(), b.score()))
                .limit(count)
                .toList();
    }
}
