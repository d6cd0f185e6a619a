package org.fovea.cli.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.config.Nearest;
import org.fovea.segmentation.mask.Segment;

/**
 * The classes that are reported and drawn.
 *
 * @param indices indices of the classes
 */
record WantedClasses(List<Integer> indices) {
    /**
     * Creates a selection of classes given by names or indices.
     *
     * @param wanted names or indices; null for all
     * @throws IllegalArgumentException when the model has no such class
     */
    static WantedClasses of(List<String> wanted, List<String> labels) {
        if (wanted == null) {
            return new WantedClasses(IntStream.range(0, labels.size()).boxed().toList());
        }
        List<Integer> out = new ArrayList<>();
        for (String each : wanted) {
            out.add(index(each, labels));
        }
        return new WantedClasses(List.copyOf(out));
    }

    private static int index(String wanted, List<String> labels) {
        int named = labels.indexOf(wanted);
        if (named >= 0) {
            return named;
        }
        if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) < labels.size()) {
            return Integer.parseInt(wanted);
        }
        throw new IllegalArgumentException("--classes must name classes of the model or give their indices, 0 to "
                + (labels.size() - 1) + ", got '" + wanted + "'. Did you mean '" + Nearest.of(wanted, labels) + "'?");
    }

    boolean contains(Segment segment) {
        return indices.contains(segment.classIndex());
    }

    List<Segment> of(List<Segment> segments) {
        return segments.stream().filter(this::contains).toList();
    }
}
