package org.fovea.studies.digits;

import java.util.Random;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.Tensor;

/** Some digits, each distorted anew. */
final class DigitBatch {
    private final Digits digits;
    private final int[] chosen;
    private final float[] images;

    /** The digits of these indices. */
    DigitBatch(Digits digits, int[] chosen, Random random) {
        this.digits = digits;
        this.chosen = chosen.clone();
        int size = Distortion.SIDE * Distortion.SIDE;
        images = new float[chosen.length * size];
        for (int i = 0; i < chosen.length; i++) {
            Distortion.draw(digits.side(), random).apply(digits, chosen[i], images, i * size);
        }
    }

    /** {@code [B, 1, 42, 42]}, 0 to 1. */
    Tensor images() {
        return Tensor.of(images, chosen.length, 1, Distortion.SIDE, Distortion.SIDE);
    }

    /** {@code [B, 10]}, 1 at the right digit. */
    Tensor targets() {
        float[] out = new float[chosen.length * Digits.CLASSES];
        for (int i = 0; i < chosen.length; i++) {
            out[i * Digits.CLASSES + digits.label(chosen[i])] = 1;
        }
        return Tensor.of(out, chosen.length, Digits.CLASSES);
    }

    /** Number of images whose largest logit is not the right digit's. */
    int mistakes(Tensor logits) {
        float[] all = logits.toFloats();
        int out = 0;
        for (int i = 0; i < chosen.length; i++) {
            int said = Likeliest.of(all, i * Digits.CLASSES, Digits.CLASSES);
            out += said == digits.label(chosen[i]) ? 0 : 1;
        }
        return out;
    }
}
