package org.fovea.cli.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fovea.cli.terminal.FailureException;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;

/** The masks of two folders, each true one with the predicted one of its name. */
final class MaskPairs {
    private static final String SUFFIX = ".png";

    private final List<Pair> pairs;

    /** Files of one image. */
    record Pair(String name, Path truth, Path predicted) {}

    /** Work on the two masks of an image. */
    interface Work {
        void on(Pair pair, LabelMask truth, LabelMask predicted);
    }

    private MaskPairs(List<Pair> pairs) {
        this.pairs = pairs;
    }

    /** Pairs the files; every true mask must have a prediction, and other predictions are ignored. */
    static MaskPairs of(Path truth, Path predicted) throws IOException {
        Map<String, Path> truths = masks(truth);
        Map<String, Path> predictions = masks(predicted);
        List<Pair> pairs = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        truths.forEach((name, file) -> {
            if (predictions.containsKey(name)) {
                pairs.add(new Pair(name, file, predictions.get(name)));
            } else {
                missing.add(name);
            }
        });
        if (!missing.isEmpty()) {
            throw new FailureException(
                    predicted + ": must hold a mask of the name of each in " + truth + ", got none for "
                            + missing.size() + " of " + truths.size() + ", such as " + missing.get(0)
                            + "; an image without objects needs a mask of zeros");
        }
        return new MaskPairs(pairs);
    }

    private static Map<String, Path> masks(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FailureException(folder + ": must be a folder of masks, got "
                    + (Files.exists(folder) ? "a file" : "nothing of this name"));
        }
        Map<String, Path> out = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(SUFFIX))
                    .forEach(file -> out.put(file.getFileName().toString(), file));
        }
        if (out.isEmpty()) {
            throw new FailureException(folder + ": must hold masks, files that end in " + SUFFIX + ", got none");
        }
        return out;
    }

    /** Reads the masks of each image and processes them. */
    void each(Work work) {
        for (Pair pair : pairs) {
            LabelMask truth = LabelFiles.read(pair.truth);
            LabelMask predicted = LabelFiles.read(pair.predicted);
            try {
                work.on(pair, truth, predicted);
            } catch (IllegalArgumentException e) { // sizes that differ, or labels beyond the classes
                throw new FailureException(pair.name + ": " + e.getMessage(), e);
            }
        }
    }
}
