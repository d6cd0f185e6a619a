package org.fovea.core.train;

import java.util.Arrays;
import java.util.Map;
import org.fovea.core.backend.Program;
import org.fovea.core.data.Batch;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.tensor.Tensor;

/** Scores a program of a classifier on a data set. */
public final class Evaluator {
    private Evaluator() {}

    /**
     * Runs one epoch of a source; a last batch that is not full is filled up with zeros that do not count.
     *
     * @param program with input {@link TrainableModel#PIXELS} of the source's batch size and output
     *     {@link TrainableModel#LOGITS}
     */
    public static ClassificationScores evaluate(Program program, BatchSource source) {
        ClassificationScores scores = new ClassificationScores(source.classes());
        try (BatchIterator batches = source.batches(0, 0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Tensor pixels = full(batch.pixels(), source.batchSize());
                float[] logits = program.run(Map.of(TrainableModel.PIXELS, pixels))
                        .get(TrainableModel.LOGITS)
                        .toFloats(); // [B, K]
                for (int row = 0; row < batch.count(); row++) {
                    int begin = row * source.classes();
                    scores.add(Arrays.copyOfRange(logits, begin, begin + source.classes()), batch.labels()[row]);
                }
            }
        }
        return scores;
    }

    private static Tensor full(Tensor pixels, int batch) {
        if (pixels.shape().dim(0) == batch) {
            return pixels;
        }
        Tensor out = Tensor.zeros(pixels.dtype(), pixels.shape().with(0, batch));
        out.buffer().put(pixels.buffer());
        return out;
    }
}
