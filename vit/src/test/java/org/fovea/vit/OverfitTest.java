package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mlp;
import org.fovea.core.train.CheckpointStore;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.train.TrainingSettings;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.CompactEncoder;
import org.fovea.vit.model.ViTConfig;
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
        TrainingSettings settings =
                TrainingSettings.builder().epochs(EPOCHS).clipNorm(1).seed(1).build();
        TrainingRecipe recipe =
                TrainingRecipe.of(settings, Optimizer.adamW(0.01), Schedule.cosine(3e-3, 10, EPOCHS * STEPS));
        Trainer trainer = new Trainer(
                OneDnnBackend.create(),
                TrainableClassifier.fresh(config, DropRates.none(), 1),
                recipe,
                CheckpointStore.none(),
                TrainingListener.NONE);
        var processor = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        PhotoCrops images = PhotoCrops.of(IMAGES, SIDE);
        long begin = processor.getProcessCpuTime();
        TrainingResult result = trainer.fit(images.times(STEPS), images);
        double seconds = (processor.getProcessCpuTime() - begin) / 1e9;
        assertTrue(seconds < 60, "processor time must stay below a minute, whatever else runs, got " + seconds + " s");
        assertEquals(IMAGES, result.last().images());
        assertEquals(1.0, result.last().topAccuracy(1), "share of the images that were learned");
    }
}
