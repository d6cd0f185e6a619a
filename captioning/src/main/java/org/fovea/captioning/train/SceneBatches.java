package org.fovea.captioning.train;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.PrefetchedSource;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** Batches of drawn scenes. */
public final class SceneBatches {
    private static final int CHANNELS = 3;
    private static final float HALF = 127.5f;

    private SceneBatches() {}

    /**
     * Batches that never repeat a scene, drawn in the background.
     *
     * @param scenes whose size does not count
     * @param batches of each epoch
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
     * The same scenes in every batch.
     *
     * @param batches of each epoch
     */
    public static BatchSource<CaptionBatch> repeated(List<SceneSample> scenes, int batches) {
        CaptionBatch batch = of(scenes);
        return BatchSource.generated(scenes.size(), batches, epoch -> number -> batch);
    }

    /** One batch. */
    public static CaptionBatch of(List<SceneSample> scenes) {
        return new CaptionBatch(
                pixels(scenes.stream().map(SceneSample::picture).toList()),
                scenes.stream().flatMap(scene -> scene.texts().stream()).toList(),
                scenes.stream().map(SceneSample::scene).toList());
    }

    /** Pictures of one size as {@code [B, 3, H, W]}, from -1 to 1. */
    static Tensor pixels(List<RgbImage> pictures) {
        int height = pictures.get(0).height();
        int width = pictures.get(0).width();
        int plane = height * width;
        float[] out = new float[pictures.size() * CHANNELS * plane];
        for (int i = 0; i < pictures.size(); i++) {
            byte[] rgb = pictures.get(i).toBytes();
            for (int c = 0; c < CHANNELS; c++) {
                int begin = (i * CHANNELS + c) * plane;
                for (int p = 0; p < plane; p++) {
                    out[begin + p] = (rgb[CHANNELS * p + c] & 0xff) / HALF - 1;
                }
            }
        }
        return Tensor.of(out, pictures.size(), CHANNELS, height, width);
    }
}
