package org.fovea.core.data.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.PrefetchedSource;
import org.junit.jupiter.api.Test;

class SceneDatasetTest {
    private static final SceneDataset SCENES = new SceneDataset(SceneOptions.defaults(), 3, 20, 32, 4);

    @Test
    void captionsAreTrueAndSamplesRepeat() {
        for (int i = 0; i < SCENES.size(); i++) {
            SceneSample sample = SCENES.get(i);
            assertEquals(4, sample.captions().size());
            sample.texts().forEach(text -> assertTrue(CaptionTruth.isTrue(sample.scene(), text), text));
            assertEquals(sample, SCENES.get(i));
        }
        assertNotEquals(SCENES.get(0).scene(), SCENES.get(1).scene());
        assertNotEquals(
                SCENES.get(0).scene(),
                new SceneDataset(SceneOptions.defaults(), 4, 20, 32, 4).get(0).scene());
        assertThrows(IndexOutOfBoundsException.class, () -> SCENES.get(20));
    }

    @Test
    void prefetchedBatchesComeInOrderFromAnyOn() {
        try (PrefetchedSource<Integer> source =
                new PrefetchedSource<>(1, 10, 3, epoch -> number -> 100 * epoch + number)) {
            List<Integer> got = new ArrayList<>();
            try (BatchIterator<Integer> batches = source.batches(2, 4)) {
                batches.forEachRemaining(got::add);
            }
            assertEquals(List.of(204, 205, 206, 207, 208, 209), got);
            assertThrows(IllegalArgumentException.class, () -> source.batches(0, 11));
        }
    }
}
