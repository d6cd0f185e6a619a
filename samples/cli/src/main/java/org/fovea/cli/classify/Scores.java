package org.fovea.cli.classify;

import java.util.Locale;
import org.fovea.vit.Prediction;

/** The number shown of a class. */
public enum Scores {
    /** Probabilities after the softmax. */
    SOFTMAX,
    /** Raw outputs of the model. */
    LOGITS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Shortest decimal text that parses to the same number. */
    String of(Prediction prediction) {
        return this == SOFTMAX ? Double.toString(prediction.probability()) : Float.toString((float) prediction.logit());
    }

    /** Score, aligned for people. */
    String text(Prediction prediction) {
        return this == SOFTMAX
                ? String.format(Locale.ROOT, "%6.2f %%", 100 * prediction.probability())
                : String.format(Locale.ROOT, "%8.4f", prediction.logit());
    }
}
