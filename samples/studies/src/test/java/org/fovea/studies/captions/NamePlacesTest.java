package org.fovea.studies.captions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.augment.RandomGrayscale;
import org.fovea.core.data.scenes.ObjectColor;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.GraphTrainer;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.vit.model.ConvEncoder;
import org.junit.jupiter.api.Test;

class NamePlacesTest {
    private static final SceneDataset SCENES = new SceneDataset(SceneOptions.defaults(), 3, 8, 32, 1);
    private static final NamePlaces TASK =
            new NamePlaces(new ConvEncoder(32, 32), 4, 4, SCENES::drawn, Optional.empty(), 1);

    private static Map<String, Tensor> batch() {
        return batch(SCENES::drawn);
    }

    private static Map<String, Tensor> batch(LongFunction<SceneSample> scenes) {
        try (BatchSource<Map<String, Tensor>> source = TASK.batches(scenes, 2);
                BatchIterator<Map<String, Tensor>> batches = source.batches(0, 0)) {
            return batches.next();
        }
    }

    @Test
    void placesShowTheColorsOfTheScene() {
        float[] targets = batch().get("color").toFloats();
        int classes = ObjectColor.values().length + 1;
        for (int scene = 0; scene < 4; scene++) {
            TreeSet<ObjectColor> shown = new TreeSet<>();
            for (int place = 0; place < 16; place++) {
                int first = (scene * 16 + place) * classes;
                int marked = 0;
                for (int i = 0; i < classes; i++) {
                    marked += targets[first + i] > 0 ? 1 : 0;
                    if (i > 0 && targets[first + i] > 0) {
                        shown.add(ObjectColor.values()[i - 1]);
                    }
                }
                assertEquals(1, marked);
            }
            assertEquals(
                    SCENES.drawn(scene).scene().objects().stream()
                            .map(o -> o.color())
                            .collect(Collectors.toCollection(TreeSet::new)),
                    shown);
        }
    }

    private static SceneSample gray(long number) {
        SceneSample scene = SCENES.drawn(number);
        RgbImage picture = new RandomGrayscale(1).apply(scene.picture(), new SplittableRandom(1));
        return new SceneSample(scene.scene(), picture, scene.captions());
    }

    @Test
    void grayPicturesAreAskedForShapesOnly() {
        Map<String, Tensor> gray = batch(NamePlacesTest::gray);
        assertArrayEquals(batch().get("shape").toFloats(), gray.get("shape").toFloats());
        float[] colors = gray.get("color").toFloats();
        assertArrayEquals(new float[colors.length], colors);
    }

    @Test
    void encoderLearns() {
        Map<String, Tensor> batch = batch();
        TrainingPlan plan = TrainingPlan.of(Optimizer.adamW(0), Schedule.constant(5e-3));
        try (GraphTrainer trainer =
                new GraphTrainer(OneDnnBackend.create(), TASK::loss, TASK.initialParameters(), plan)) {
            double before = trainer.step(batch);
            for (int i = 0; i < 30; i++) {
                trainer.step(batch);
            }
            double after = trainer.step(batch);
            assertTrue(after < before / 4, before + " to " + after);
        }
    }
}
