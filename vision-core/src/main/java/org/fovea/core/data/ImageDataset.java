package org.fovea.core.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Labeled images in a fixed order, and the names of their classes; immutable and thread-safe. */
public final class ImageDataset implements Dataset<LabeledImage> {
    private final String name;
    private final List<String> classNames;
    private final List<LabeledImage> samples;

    /**
     * Creates a data set of samples.
     *
     * @param name name of the data set in errors
     * @throws DataSetException when a label is not a class, a class name repeats, or two samples have the same name
     */
    public ImageDataset(String name, List<String> classNames, List<LabeledImage> samples) {
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.samples = List.copyOf(samples);
        if (new HashSet<>(classNames).size() != classNames.size()) {
            throw new DataSetException(
                    name + ": class names must differ from each other, got " + classNames + "; rename one");
        }
        checkSamples();
    }

    private void checkSamples() {
        Set<String> names = new HashSet<>();
        for (LabeledImage s : samples) {
            if (s.label() < 0 || s.label() >= classNames.size()) {
                throw new DataSetException(name + ": " + s.name() + ": label must lie in [0, " + (classNames.size() - 1)
                        + "], one of " + classNames.size() + " classes, got " + s.label()
                        + "; correct the label or the list of classes");
            }
            if (!names.add(s.name())) {
                throw new DataSetException(
                        name + ": an image must be listed once, got " + s.name() + " twice; remove one of its entries");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** The names of the classes in the order of their indices. */
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public LabeledImage get(int index) {
        return samples.get(index);
    }

    /** The images in order. */
    public List<LabeledImage> samples() {
        return samples;
    }

    /** The number of images of each class. */
    public int[] counts() {
        int[] counts = new int[classNames.size()];
        samples.forEach(s -> counts[s.label()]++);
        return counts;
    }

    /**
     * Weight of each class, inversely proportional to its number of images; the mean over the images is 1, so all are 1 for
     * balanced classes.
     *
     * @throws DataSetException when a class has no image
     */
    public double[] classWeights() {
        checkTrainable();
        int[] counts = counts();
        double[] weights = new double[counts.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (double) size() / ((double) counts.length * counts[k]);
        }
        return weights;
    }

    /**
     * Checks that this can train a classifier: there are at least two classes, and an image of each.
     *
     * @throws DataSetException when it cannot; the message names the classes without images
     */
    public void checkTrainable() {
        if (classNames.size() < 2) {
            throw new DataSetException(name + ": training needs at least 2 classes, got " + classNames.size() + " "
                    + classNames + "; add images of something else");
        }
        int[] counts = counts();
        List<String> empty = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0) {
                empty.add(classNames.get(k));
            }
        }
        if (!empty.isEmpty()) {
            throw new DataSetException(name + ": every class must have at least one image, got none of " + empty
                    + "; add images of it or remove the class");
        }
    }

    /** Name and size, without the samples: {@code train: 50000 images of 10 classes}. */
    @Override
    public String toString() {
        return name + ": " + size() + " images of " + classNames.size() + " classes";
    }
}
