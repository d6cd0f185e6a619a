package org.fovea.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClassificationScoresTest {
    private static final float LN3 = (float) Math.log(3);

    /** Three answers: right at 3/5, second of three at 1/5, last. */
    @Test
    void scoresAreThoseCountedByHand() {
        ClassificationScores scores = new ClassificationScores(3);
        scores.add(new float[] {LN3, 0, 0}, 0);
        scores.add(new float[] {LN3, 0, 0}, 1);
        scores.add(new float[] {0, LN3, 0}, 2);
        assertEquals(3, scores.images());
        assertEquals(1.0 / 3, scores.topAccuracy(1), 1e-15);
        assertEquals(2.0 / 3, scores.topAccuracy(2), 1e-15);
        assertEquals(1, scores.topAccuracy(5), 0);
        assertEquals((Math.log(5.0 / 3) + 2 * Math.log(5)) / 3, scores.meanLoss(), 1e-7);
        assertEquals(3 * 0.6 / 3 - 1.0 / 3, scores.calibrationError(), 1e-7); // one bin: 0.6 against 1 in 3
        assertEquals(1, scores.confusion().count(1, 0));
        assertEquals(0.5, scores.confusion().precision(0), 0);
        assertEquals(1, scores.confusion().recall(0), 0);
        assertEquals(0, scores.confusion().recall(1), 0);
        assertEquals(0, scores.confusion().precision(1), 0);
        assertTrue(Double.isNaN(scores.confusion().precision(2)));
        assertEquals(1.0 / 3, scores.confusion().meanRecall(), 1e-15);
    }

    @Test
    void equalLogitsGoToTheLowerClassAndNaNToTheEnd() {
        ClassificationScores scores = new ClassificationScores(3);
        scores.add(new float[] {1, 1, 1}, 1);
        assertEquals(0, scores.topAccuracy(1), 0);
        assertEquals(1, scores.topAccuracy(2), 0);
        ClassificationScores broken = new ClassificationScores(3);
        broken.add(new float[] {Float.NaN, Float.NaN, Float.NaN}, 2);
        broken.add(new float[] {Float.NaN, -5, Float.NaN}, 1);
        assertEquals(0.5, broken.topAccuracy(1), 0);
        assertTrue(Double.isNaN(broken.meanLoss()));
    }

    @Test
    void meanRecallLeavesOutClassesWithoutImages() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.add(0, 0);
        matrix.add(0, 1);
        matrix.add(1, 1);
        assertEquals(0.75, matrix.meanRecall(), 0);
        assertEquals(2, matrix.support(0));
        assertEquals(2, matrix.predicted(1));
    }

    /** Bins of a half: {0.5 right, 0.3 wrong} and {0.9 right, 0.7 wrong}. */
    @Test
    void calibrationWeighsBinsByTheirImages() {
        Calibration calibration = new Calibration(2);
        calibration.add(0.5, true);
        calibration.add(0.3, false);
        calibration.add(0.9, true);
        calibration.add(0.7, false);
        assertEquals((Math.abs(1 - 0.8) + Math.abs(1 - 1.6)) / 4, calibration.error(), 1e-15);
    }

    @Test
    void wrongAnswersAreErrors() {
        ClassificationScores scores = new ClassificationScores(2);
        assertThrows(IllegalArgumentException.class, () -> scores.add(new float[3], 0));
        assertThrows(IllegalArgumentException.class, () -> scores.add(new float[2], 2));
        assertThrows(IllegalArgumentException.class, () -> new Calibration(15).add(Double.NaN, true));
    }
}
