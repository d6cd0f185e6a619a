package org.fovea.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parts of a data set by name, of samples of any kind; {@link DataSplits} has those of labeled images. Immutable.
 *
 * @param <S> type of a sample
 */
public final class Splits<S> {
    private final String source;
    private final Map<String, List<S>> parts;

    private Splits(String source, Map<String, List<S>> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Creates splits by name; an undivided data set has a single part, {@link DataSplits#UNDIVIDED}.
     *
     * @param source name of the data set in errors
     * @throws DataSetException when there are no parts, or one has no samples
     */
    public static <S> Splits<S> of(String source, Map<String, List<S>> parts) {
        Map<String, List<S>> copies = new TreeMap<>();
        parts.forEach((name, samples) -> copies.put(name, List.copyOf(samples)));
        if (copies.isEmpty()) {
            throw new DataSetException(source + ": must list images, got none; add some");
        }
        copies.forEach((name, samples) -> {
            if (samples.isEmpty()) {
                throw new DataSetException(source + ": the split " + name + " must hold images, got none; add some");
            }
        });
        return new Splits<>(source, copies);
    }

    /** The names of the parts, sorted. */
    public Set<String> names() {
        return parts.keySet();
    }

    /** The name of the data set. */
    public String source() {
        return source;
    }

    /** Returns whether the data set has a single part. */
    public boolean isUndivided() {
        return names().equals(Set.of(DataSplits.UNDIVIDED));
    }

    /**
     * Samples of a part.
     *
     * @throws DataSetException when there is no such part
     */
    public List<S> get(String name) {
        List<S> found = parts.get(name);
        if (found == null) {
            throw new DataSetException(
                    source + ": needs the split " + name + ", got only " + names() + "; name one of these or add it");
        }
        return found;
    }

    /**
     * Part as a data set.
     *
     * @throws DataSetException when there is no such part
     */
    public Dataset<S> dataset(String name) {
        return dataset(source + ", " + name, get(name));
    }

    /** Wraps samples as a data set. */
    public static <S> Dataset<S> dataset(String name, List<S> samples) {
        List<S> all = List.copyOf(samples);
        return new Dataset<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int size() {
                return all.size();
            }

            @Override
            public S get(int index) {
                return all.get(index);
            }
        };
    }

    /**
     * Divides a part into the rest and a random fraction, in this order, with at least one sample each; both keep the order of
     * the samples.
     *
     * @param share size of the fraction, between 0 and 1
     * @param seed seed of the random choice
     * @throws DataSetException when there is no such part, or it has only one sample
     */
    public List<List<S>> divide(String name, double share, long seed) {
        List<S> all = get(name);
        if (all.size() < 2) {
            throw new DataSetException(source + ": dividing the split " + name + " needs at least 2 images, got 1; add"
                    + " images, or a validation split");
        }
        int count = (int) Math.max(1, Math.min(all.size() - 1, Math.round(share * all.size())));
        int[] order = Seeds.permutation(all.size(), Seeds.generator(seed, Seeds.Use.DIVISION, 0, 0));
        boolean[] aside = new boolean[all.size()];
        for (int i = 0; i < count; i++) {
            aside[order[i]] = true;
        }
        List<S> rest = new ArrayList<>();
        List<S> part = new ArrayList<>();
        for (int i = 0; i < aside.length; i++) {
            (aside[i] ? part : rest).add(all.get(i));
        }
        return List.of(List.copyOf(rest), List.copyOf(part));
    }
}
