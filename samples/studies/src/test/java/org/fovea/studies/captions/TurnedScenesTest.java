package org.fovea.studies.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.captioning.train.WrittenCaption;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.metric.Metrics;
import org.junit.jupiter.api.Test;

class TurnedScenesTest {
    private static final SceneDataset STRAIGHT = new SceneDataset(SceneOptions.defaults(), 3, 10, 64, 1);
    private static final TurnedScenes SCENES = new TurnedScenes(STRAIGHT);
    private static final int TABLE = 0x403a36;

    @Test
    void cardsLieWhollyOnTheTable() {
        for (SceneSample sample : SCENES.samples(0, 10)) {
            int border = 0;
            int table = 0;
            for (int i = 0; i < 64; i++) {
                for (int pixel : new int[] {
                    sample.picture().pixel(i, 0), sample.picture().pixel(i, 63),
                    sample.picture().pixel(0, i), sample.picture().pixel(63, i)
                }) {
                    border += (pixel & 0xffffff) == TABLE ? 1 : 0;
                }
                for (int j = 0; j < 64; j++) {
                    table += (sample.picture().pixel(i, j) & 0xffffff) == TABLE ? 1 : 0;
                }
            }
            assertEquals(4 * 64, border, 4); // where a corner touches the border
            double card = 1 - table / 4096.0;
            assertEquals((0.55 * 0.55 + 0.7 * 0.7) / 2, card, 0.15);
        }
    }

    @Test
    void samplesAreThoseOfTheirNumbersWithTheCaptionsOfTheCard() {
        SceneSample again = SCENES.samples(4, 1).get(0);
        assertEquals(SCENES.samples(0, 10).get(4).picture(), again.picture());
        assertEquals(STRAIGHT.get(4).texts(), again.texts());
        assertNotEquals(STRAIGHT.get(4).picture(), again.picture());
    }

    @Test
    void truthIsTheShareOfTrueCaptions() {
        List<WrittenCaption> captions = IntStream.range(0, 10)
                .mapToObj(i -> new WrittenCaption(
                        i < 7 ? STRAIGHT.get(i).texts().get(0) : "a picture of eight plain dogs", List.of()))
                .toList();
        Metrics metrics = SCENES.truth(SCENES).score(pixels -> captions);
        assertEquals(0.7, metrics.value("truth"), 1e-9);
        assertEquals(0.7, metrics.value("held_out_truth"), 1e-9);
    }
}
