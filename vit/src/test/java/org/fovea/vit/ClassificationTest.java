package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final List<String> LABELS = List.of("a", "b", "c", "d");

    @Test
    void predictionsAreSortedAndSoftmaxed() {
        float[] logits = {(float) Math.log(2), (float) Math.log(5), (float) Math.log(1), (float) Math.log(2)};
        Classification result = Classification.of(logits, LABELS, 3);
        assertEquals(
                List.of(1, 0, 3),
                result.predictions().stream().map(Prediction::index).toList());
        assertEquals("b", result.best().label());
        assertEquals(0.5, result.best().probability(), 1e-7);
        assertEquals(0.2, result.predictions().get(2).probability(), 1e-7);
        assertEquals(Math.log(5), result.best().logit(), 1e-6);
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        Classification result = Classification.of(new float[] {3e38f, 0, -3e38f, 3e38f}, LABELS, 9);
        assertEquals(4, result.predictions().size());
        assertEquals(0.5, result.best().probability());
        assertEquals(0.0, result.predictions().get(3).probability());
    }
}
