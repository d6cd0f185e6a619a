package org.fovea.vit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.image.ImageException;

/**
 * Answer of a classifier for one image.
 *
 * @param predictions most likely classes, best first; classes of equal score in the order of their indices
 */
public record Classification(List<Prediction> predictions) {
    /** Copies the list. */
    public Classification {
        predictions = List.copyOf(predictions);
    }

    /** The most likely class. */
    public Prediction best() {
        return predictions.get(0);
    }

    /**
     * The {@code topK} best classes; the softmax is taken over all logits, in double precision.
     *
     * @throws ImageException when a logit is infinite or NaN
     */
    static Classification of(float[] logits, List<String> labels, int topK) {
        requireFinite("the image", logits, labels);
        double largest = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - largest))
                .sum();
        return new Classification(IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
                .limit(topK)
                .map(i -> new Prediction(labels.get(i), i, Math.exp(logits[i] - largest) / sum, logits[i]))
                .toList());
    }

    /**
     * Checks that a model's logits are finite.
     *
     * @param image name of the image, for the error
     * @throws ImageException when a logit is infinite or NaN
     */
    public static void requireFinite(String image, float[] logits, List<String> labels) {
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new ImageException(
                        image,
                        "the model's result must be finite, got " + logits[i] + " for class '" + labels.get(i)
                                + "'; compute in f32, or check the checkpoint's files, whose numbers may be damaged",
                        null);
            }
        }
    }
}
