package org.fovea.core.data.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PointingGameTest {
    /** Two circles in a picture of 40 x 80 pixels: one in the left half above, one in the right half below. */
    private static final Scene SCENE =
            new Scene(1, 2, Background.values()[0], List.of(circle(0.25, 0.25), circle(1.75, 0.75)));

    private static final SceneSample SAMPLE = new SceneSample(SCENE, ScenePainter.paint(SCENE, 40), List.of());

    private final PointingGame game = new PointingGame();

    private static SceneObject circle(double x, double y) {
        return new SceneObject(
                ObjectShape.CIRCLE, ObjectColor.RED, ObjectTexture.PLAIN, ObjectSize.SMALL, x, y, 0.15, 0);
    }

    /** Attention to one place of 2 x 4. */
    private static Tensor at(int place) {
        float[] out = new float[8];
        out[place] = 1;
        return Tensor.of(out, 2, 4);
    }

    @Test
    void countsHitsByHand() {
        game.add(SAMPLE, List.of(0), at(0));
        game.add(SAMPLE, List.of(1), at(7));
        game.add(SAMPLE, List.of(0), at(7));
        game.add(SAMPLE, List.of(0, 1), at(7));
        assertEquals(4, game.games());
        assertEquals(0.75, game.hits(), 1e-12);
        assertEquals((1 / 8.0 + 1 / 8.0 + 1 / 8.0 + 2 / 8.0) / 4, game.chance(), 1e-12);
    }

    @Test
    void nothingMeantIsAMiss() {
        game.add(SAMPLE, List.of(), at(0));
        assertEquals(0, game.hits(), 0);
        assertEquals(0, game.chance(), 0);
    }

    @Test
    void attentionWithoutRowsIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> game.add(SAMPLE, List.of(0), Tensor.of(new float[8], 8)));
        assertTrue(e.getMessage().contains("must be of [rows, columns], got [8]"), e.getMessage());
    }
}
