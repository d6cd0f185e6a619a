package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mlp;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.CompactEncoder;
import org.fovea.vit.model.ViTConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that can learn at all learns a few images by heart. */
class OverfitTest {
    private static final int IMAGES = 32;
    private static final int SIDE = 32;
    private static final int EPOCHS = 5;
    private static final int STEPS = 20;

    static List<ClassifierConfig> models() {
        return List.of(
                new CctConfig(
                        new CompactEncoder(SIDE, SIDE, 3, new ConvTokenizer(3, 1, 2, 32), 64, 2, 2, 128),
                        PhotoCrops.CLASSES),
                ViTConfig.builder()
                        .image(SIDE, SIDE)
                        .channels(3)
                        .patch(4)
                        .size(64, 2, 2)
                        .feedForward(new Mlp(128, Activation.GELU))
                        .normEpsilon(1e-6)
                        .classes(PhotoCrops.CLASSES)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("models")
    void randomLabelsOfThirtyTwoImagesAreLearnedInAMinute(ClassifierConfig config) {
        Backend backend = OneDnnBackend.create();
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0.01), Schedule.cosine(3e-3, 10, EPOCHS * STEPS))
                .epochs(EPOCHS)
                .clipNorm(1)
                .seed(1)
                .build();
        var processor = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        PhotoCrops images = PhotoCrops.of(IMAGES, SIDE);
        ClassifierTask task = new ClassifierTask(
                TrainableClassifier.fromScratch(config, DropRates.none(), 1),
                IMAGES,
                (logits, targets) -> Losses.crossEntropy(logits, targets, 0),
                images,
                "top1");
        Trainer<ClassificationBatch> trainer =
                new Trainer<>(backend, task, plan, Checkpoints.none(), TrainingListener.NONE);
        long begin = processor.getProcessCpuTime();
        TrainingResult result = trainer.fit(images.times(STEPS));
        double seconds = (processor.getProcessCpuTime() - begin) / 1e9;
        assertTrue(seconds < 60, "processor time must stay below a minute, whatever else runs, got " + seconds + " s");
        assertEquals(
                IMAGES,
                task.scores(result.lastWeights(), backend, Precision.F32).images());
        assertEquals(1.0, result.last().value("top1"), "share of the images that were learned");
    }

    @Test
    void headOfAnotherNumberOfClassesIsAnErrorBeforeTheFirstStep() {
        PhotoCrops images = PhotoCrops.of(2, SIDE);
        ClassifierTask task = new ClassifierTask(
                TrainableClassifier.fromScratch(models().get(0).withClasses(4), DropRates.none(), 1),
                2,
                (logits, targets) -> Losses.crossEntropy(logits, targets, 0),
                images,
                "top1");
        String head = assertThrows(IllegalArgumentException.class, task::loss).getMessage();
        assertTrue(head.contains("must be [2, 10] for this data, got [2, 4]; give the model a head"), head);
    }
}
