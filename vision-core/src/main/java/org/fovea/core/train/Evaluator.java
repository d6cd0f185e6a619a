package org.fovea.core.train;

import java.util.Arrays;
import java.util.Map;
import org.fovea.core.backend.Program;
import org.fovea.core.metric.ClassificationScores;

/** Scores a program of a classifier on a data set. */
public final class Evaluator {
    private Evaluator() {}

    /**
     * Runs one epoch of a source; the right class of an image is its likeliest target.
     *
     * @param program with input {@link TrainableModel#PIXELS} of the source's batch size and output
     *     {@link TrainableModel#LOGITS}
     */
    public static ClassificationScores evaluate(Program program, BatchSource source) {
        ClassificationScores scores = new ClassificationScores(source.classes());
        try (BatchSource.Batches batches = source.open(0, 0)) {
            for (int i = 0; i < source.batches(); i++) {
                Batch batch = batches.next();
                float[] logits = program.run(Map.of(TrainableModel.PIXELS, batch.pixels()))
                        .get(TrainableModel.LOGITS)
                        .toFloats(); // [B, K]
                float[] targets = batch.targets().toFloats();
                add(scores, logits, targets, batch.count(), source.classes());
            }
        }
        return scores;
    }

    private static void add(ClassificationScores scores, float[] logits, float[] targets, int count, int classes) {
        for (int row = 0; row < count; row++) {
            int begin = row * classes;
            int label = 0;
            for (int k = 1; k < classes; k++) {
                label = targets[begin + k] > targets[begin + label] ? k : label;
            }
            scores.add(Arrays.copyOfRange(logits, begin, begin + classes), label);
        }
    }
}
