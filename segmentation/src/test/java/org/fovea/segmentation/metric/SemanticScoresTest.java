package org.fovea.segmentation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.image.LabelMask;
import org.junit.jupiter.api.Test;

class SemanticScoresTest {
    /** Class 1: two pixels in both, three in either. */
    @Test
    void scoresByHand() {
        SemanticScores scores = new SemanticScores(3, 255);
        scores.add(row(0, 1, 1, 1, 255), row(0, 1, 1, 0, 2));
        assertEquals(2.0 / 3, scores.iou(1), 1e-12);
        assertEquals(4.0 / 5, scores.dice(1), 1e-12);
        assertEquals(1.0 / 2, scores.iou(0), 1e-12);
        assertTrue(Double.isNaN(scores.iou(2)), "an ignored pixel counts nowhere");
        assertEquals((2.0 / 3 + 1.0 / 2) / 2, scores.meanIou(), 1e-12);
        assertEquals(3.0 / 4, scores.pixelAccuracy(), 1e-12);
    }

    @Test
    void labelsBeyondTheClassesAreRefused() {
        SemanticScores scores = new SemanticScores(2, -1);
        String text = assertThrows(IllegalArgumentException.class, () -> scores.add(row(0, 2), row(0, 0)))
                .getMessage();
        assertTrue(text.contains("a true label must be a class, 0 to 1, got 2 at row 0, column 1"), text);
        assertThrows(IllegalArgumentException.class, () -> scores.add(row(0), row(0, 0)));
    }

    private static LabelMask row(int... labels) {
        return LabelMask.of(1, labels.length, labels);
    }
}
