package org.fovea.captioning.train;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.PrefetchedSource;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.ScenePixels;
import org.fovea.core.data.scenes.SceneSample;

/** Batches of drawn scenes. */
public final class SceneBatches {
    private SceneBatches() {}

    /**
     * Batches of scenes that never repeat, drawn in the background.
     *
     * @param scenes generator of the scenes; its size does not matter
     * @param batches number of batches in an epoch
     */
    public static BatchSource<CaptionBatch> endless(SceneDataset scenes, int batch, int batches) {
        return new PrefetchedSource<>(batch, batches, 1, epoch -> number -> {
            long first = ((long) epoch * batches + number) * batch;
            return of(IntStream.range(0, batch)
                    .mapToObj(i -> scenes.drawn(first + i))
                    .toList());
        });
    }

    /**
     * Batches that all hold the same scenes.
     *
     * @param batches number of batches in an epoch
     */
    public static BatchSource<CaptionBatch> repeated(List<SceneSample> scenes, int batches) {
        CaptionBatch batch = of(scenes);
        return BatchSource.generated(scenes.size(), batches, epoch -> number -> batch);
    }

    /** Batch of the given scenes. */
    public static CaptionBatch of(List<SceneSample> scenes) {
        return new CaptionBatch(
                ScenePixels.of(scenes.stream().map(SceneSample::picture).toList()),
                scenes.stream().flatMap(scene -> scene.texts().stream()).toList(),
                scenes.stream().map(SceneSample::scene).toList());
    }
}
