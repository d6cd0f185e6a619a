package org.fovea.segmentation.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.fovea.core.Check;
import org.fovea.core.data.DataSetException;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;

/**
 * The images of a training run.
 *
 * @param labels class names, the background first
 */
record SegmenterSamples(List<SegmentationSample> train, List<SegmentationSample> validation, List<String> labels) {
    private static final String AUTO = "auto";
    private static final String VALIDATION = "val";

    static SegmenterSamples open(Path path, TrainingConfig recipe) {
        try (SegmentationData data = SegmentationData.open(path)) {
            Set<String> splits = data.splits();
            String from = recipe.get(TrainingKeys.TRAIN_SPLIT);
            String learned = splits.size() == 1 && !splits.contains(from)
                    ? splits.iterator().next()
                    : from;
            String scored = recipe.get(TrainingKeys.VALIDATION_SPLIT);
            List<SegmentationSample> all = new ArrayList<>(data.samples(learned));
            List<SegmentationSample> validation;
            if (scored.equals(AUTO) && !splits.contains(VALIDATION)) {
                validation = setAside(path, all, recipe);
            } else {
                validation = data.samples(scored.equals(AUTO) ? VALIDATION : scored);
            }
            List<String> labels = data.labels().orElseGet(() -> labels(all));
            check(path, all, labels);
            check(path, validation, labels);
            return new SegmenterSamples(List.copyOf(all), List.copyOf(validation), labels);
        }
    }

    private static List<SegmentationSample> setAside(Path path, List<SegmentationSample> all, TrainingConfig recipe) {
        if (all.size() < 2) {
            throw new DataSetException(
                    path + ": there must be 2 images or more, one of them to validate, got " + all.size());
        }
        Collections.shuffle(all, new Random(recipe.get(TrainingKeys.VALIDATION_SEED)));
        int count = (int) Math.max(1, Math.round(all.size() * recipe.get(TrainingKeys.VALIDATION_SHARE)));
        List<SegmentationSample> tail = all.subList(all.size() - Math.min(count, all.size() - 1), all.size());
        List<SegmentationSample> out = List.copyOf(tail);
        tail.clear();
        return out;
    }

    /** Class names implied by the masks: one class for objects, else as many as the largest label requires. */
    private static List<String> labels(List<SegmentationSample> samples) {
        if (samples.stream().allMatch(sample -> sample.instances().isPresent())) {
            return List.of("background", "object");
        }
        int largest = 1;
        for (SegmentationSample sample : samples) {
            largest = Math.max(largest, largest(sample));
        }
        List<String> out = new ArrayList<>(List.of("background"));
        for (int k = 1; k <= largest; k++) {
            out.add("class " + k);
        }
        return out;
    }

    private static int largest(SegmentationSample sample) {
        int out = 0;
        for (int y = 0; y < sample.classes().height(); y++) {
            for (int x = 0; x < sample.classes().width(); x++) {
                int label = sample.classes().label(y, x);
                out = label == SegmentationSample.IGNORED ? out : Math.max(out, label);
            }
        }
        return out;
    }

    private static void check(Path path, List<SegmentationSample> samples, List<String> labels) {
        boolean objects = samples.stream().anyMatch(sample -> sample.instances().isPresent());
        for (SegmentationSample sample : samples) {
            if (sample.instances().isPresent() != objects) {
                throw new DataSetException(path + ": either all images or none must have their objects told apart, got "
                        + sample.name() + " otherwise than others");
            }
            int largest = largest(sample);
            if (largest >= labels.size()) {
                throw new DataSetException(sample.name() + ": labels must be classes, 0 to " + (labels.size() - 1)
                        + ", or " + SegmentationSample.IGNORED + " for pixels that do not count, got " + largest);
            }
        }
    }

    /** Returns whether objects are separated. */
    boolean hasObjects() {
        return train.get(0).instances().isPresent();
    }

    /**
     * Weight of each class: 1, or inversely proportional to the square root of its frequency, with a mean of 1 over the pixels.
     */
    List<Double> classWeights(boolean byRarity) {
        double[] counts = new double[labels.size()];
        double all = 0;
        for (SegmentationSample sample : train) {
            for (int y = 0; y < sample.classes().height(); y++) {
                for (int x = 0; x < sample.classes().width(); x++) {
                    int label = sample.classes().label(y, x);
                    if (label < counts.length) {
                        counts[label]++;
                        all++;
                    }
                }
            }
        }
        Check.that(all > 0, "SegmenterSamples: the masks", "hold pixels that count", "none");
        double sum = 0;
        for (double count : counts) {
            sum += Math.sqrt(count * all);
        }
        List<Double> out = new ArrayList<>();
        for (double count : counts) {
            out.add(byRarity && count > 0 ? all / sum * Math.sqrt(all / count) : 1.0);
        }
        return out;
    }
}
