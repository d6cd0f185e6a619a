package org.fovea.segmentation.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.augment.RandomWarp;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationTaskTest {
    private static final int SIDE = 32;
    private static final int BATCH = 4;
    private static final int UPDATES = 40;

    /** Two bright disks that touch on a dark ground. */
    private static SegmentationSample disks(int number) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        int[] labels = new int[SIDE * SIDE];
        for (int i = 0; i < labels.length; i++) {
            int y = i / SIDE;
            int x = i % SIDE;
            boolean left = Math.hypot(y - 14 - number % 4, x - 9) < 6.4;
            boolean right = Math.hypot(y - 14 - number % 4, x - 21) < 6.4;
            labels[i] = left ? 1 : right ? 2 : 0;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (labels[i] > 0 ? 180 : 30);
            }
        }
        return SegmentationSample.ofObjects(
                "disks " + number, RgbImage.of(SIDE, SIDE, rgb), LabelMask.of(SIDE, SIDE, labels));
    }

    @Test
    void learnsToTellObjectsApart() {
        List<SegmentationSample> samples =
                IntStream.range(0, 4).mapToObj(SegmentationTaskTest::disks).toList();
        Backend backend = OneDnnBackend.create();
        AttentionUNet model = new AttentionUNet(List.of(16, 32), FeatureAttention.ECA, 2, true);
        SegmentationTask task = new SegmentationTask(
                model,
                SIDE,
                SIDE,
                BATCH,
                SegmentationObjective.standard(),
                Optional.empty(),
                new ObjectEvaluation(samples, new Watershed(0.5, 0.2, 8, 8)),
                1);
        CropBatches crops = new CropBatches(new RandomWarp(SIDE, SIDE, 0.9, 1.1, 20, 0.5), 2, List.of(1.0, 1.0), 2, 1);
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0.01), new Schedule.Constant(5e-3))
                .build();
        try (BatchSource<SegmentationBatch> batches = crops.of(samples, BATCH, UPDATES)) {
            TrainingResult result =
                    new Trainer<>(backend, task, plan, Checkpoints.none(), TrainingListener.NONE).fit(batches);
            Metrics metrics = task.evaluate(result.lastWeights(), backend, Precision.F32);
            assertTrue(metrics.value("ap50") >= 0.9, metrics.toString());
            assertTrue(metrics.value("iou") >= 0.85, metrics.toString());
        }
    }

    @Test
    void aFolderGivesItsImagesBySplit(@TempDir Path folder) throws IOException {
        SegmentationSample sample = disks(0);
        write(folder, "train/images/a.png", sample.image().toPng());
        write(
                folder,
                "train/instances/a.png",
                LabelFiles.encode(sample.instances().orElseThrow()));
        write(folder, "val/images/b.png", sample.image().toPng());
        write(folder, "val/masks/b.png", LabelFiles.encode(sample.classes()));
        try (SegmentationFolder data = SegmentationFolder.open(folder)) {
            assertEquals(List.of("train", "val"), List.copyOf(data.splits()));
            SegmentationSample objects = data.samples("train").get(0);
            assertEquals(sample.instances(), objects.instances());
            assertEquals(sample.classes(), objects.classes());
            assertEquals(Optional.empty(), data.samples("val").get(0).instances());
            assertThrows(DataSetException.class, () -> data.samples("test"));
        }
    }

    @Test
    void anImageWithoutItsMaskIsRefused(@TempDir Path folder) throws IOException {
        write(folder, "images/a.png", disks(0).image().toPng());
        String text = assertThrows(DataSetException.class, () -> SegmentationFolder.open(folder))
                .getMessage();
        assertTrue(text.contains("got 1 without the other, such as images/a.png"), text);
    }

    @Test
    void aMaskOfAnotherSizeIsRefused(@TempDir Path folder) throws IOException {
        write(folder, "images/a.png", disks(0).image().toPng());
        write(folder, "masks/a.png", LabelFiles.encode(LabelMask.of(1, 2, new int[2])));
        try (SegmentationFolder data = SegmentationFolder.open(folder)) {
            String text = assertThrows(DataSetException.class, () -> data.samples(SegmentationData.UNDIVIDED))
                    .getMessage();
            assertTrue(
                    text.contains("images/a.png: a mask must have its image's size RGB 32 x 32, got mask 1 x 2"), text);
        }
    }

    private static void write(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
