package org.fovea.cli.classify;

import java.util.Locale;
import org.fovea.vit.Prediction;

/** The number shown of a class. */
public enum Scores {
    /** The probability. */
    SOFTMAX,
    /** The number that the model computed. */
    LOGITS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The shortest text that gives the number back. */
    String of(Prediction prediction) {
        return this == SOFTMAX ? Double.toString(prediction.probability()) : Float.toString((float) prediction.logit());
    }

    /** The score, aligned for people. */
    String text(Prediction prediction) {
        return this == SOFTMAX
                ? String.format(Locale.ROOT, "%6.2f %%", 100 * prediction.probability())
                : String.format(Locale.ROOT, "%8.4f", prediction.logit());
    }
}
