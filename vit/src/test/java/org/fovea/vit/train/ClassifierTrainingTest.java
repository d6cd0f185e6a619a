package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingPlan;
import org.fovea.vit.model.CctPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.SwinPresets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTrainingTest {
    @TempDir
    Path folder;

    @Test
    void recipesSurviveBeingWritten() throws IOException {
        TrainingConfig recipe = ClassifierKeys.defaults()
                .with(TrainingKeys.EPOCHS, 7)
                .set("mixup", "0.8")
                .set("rand_augment", "rand-m9-mstd0.5-inc1")
                .set("image_mean", "0.1,0.2,0.3")
                .set("class_weights", "true");
        Path file = folder.resolve("recipe.json");
        Files.writeString(file, recipe.json());
        assertEquals(recipe, ClassifierKeys.defaults().read(file));
        assertNotEquals(ClassifierKeys.defaults(), recipe);
        assertEquals(List.of(0.1, 0.2, 0.3), recipe.get(AugmentationKeys.IMAGE_MEAN));
    }

    @Test
    void everyUsualValueKeepsItsRule() {
        for (ConfigKey<?> key : ClassifierKeys.ALL) {
            assertTrue(key.accept().apply(key.initial()).isPresent(), key.name());
        }
    }

    @Test
    void recipesOfTheProjectAreValid() throws IOException {
        try (var files = Files.list(Path.of("../samples/recipes"))) {
            List<Path> all = files.toList();
            assertTrue(all.size() >= 3, all.toString());
            for (Path file : all) {
                if (!TrainingKeys.taskOf(file).orElse("classify").equals("classify")) {
                    continue; // the tests of its task read it
                }
                TrainingConfig recipe = ClassifierKeys.defaults().read(file);
                ClassifierTraining.plan(recipe, CctPresets.cct2(), 100);
                ClassifierTraining.mix(recipe, new double[] {1, 1});
            }
        }
    }

    /** Blocks of models in stages count through; what merges patches belongs to the block before it. */
    @Test
    void layerDecayKnowsTheBlocksOfEveryArchitecture() {
        TrainingConfig recipe = ClassifierKeys.defaults().with(TrainingKeys.LAYER_DECAY, 0.5);
        ToDoubleFunction<String> plain = rates(recipe, CctPresets.cct2());
        assertEquals(1, plain.applyAsDouble("head.weight"), 0);
        assertEquals(0.5, plain.applyAsDouble("blocks.1.norm1.scale"), 0);
        assertEquals(0.25, plain.applyAsDouble("blocks.0.norm1.scale"), 0);
        ClassifierConfig swin = SwinPresets.tiny(7, 224);
        ToDoubleFunction<String> staged = rates(recipe, swin);
        assertEquals(12, swin.depth());
        String merging = swin.parameterShapes().keySet().stream()
                .filter(name -> name.startsWith("stages.0.merging."))
                .findFirst()
                .orElseThrow();
        assertEquals(1, staged.applyAsDouble("head.weight"), 0);
        assertEquals(0.5, staged.applyAsDouble("stages.3.blocks.1.norm1.scale"), 0);
        assertEquals(Math.pow(0.5, 11), staged.applyAsDouble("stages.0.blocks.1.norm1.scale"), 0);
        assertEquals(Math.pow(0.5, 11), staged.applyAsDouble(merging), 0);
        assertEquals(Math.pow(0.5, 12), staged.applyAsDouble("stages.0.blocks.0.norm1.scale"), 0);
    }

    private static ToDoubleFunction<String> rates(TrainingConfig recipe, ClassifierConfig model) {
        return ClassifierTraining.plan(recipe, model, 10).policy().rateScale();
    }

    @Test
    void scheduleFollowsTheRecipe() {
        TrainingConfig recipe = ClassifierKeys.defaults()
                .with(TrainingKeys.EPOCHS, 20)
                .with(TrainingKeys.WARMUP_EPOCHS, 2.0)
                .with(TrainingKeys.LEARNING_RATE, 1e-3);
        TrainingPlan training = ClassifierTraining.plan(recipe, CctPresets.cct2(), 10);
        assertEquals(new Schedule.Cosine(1e-3, 1e-5, 1e-5, 20, 200), training.schedule());
        TrainingConfig steps = recipe.set("schedule", "step").set("step_epochs", "8");
        assertEquals(
                new Schedule.Steps(1e-3, 1e-5, 20, List.of(80L, 160L), 0.1),
                ClassifierTraining.plan(steps, CctPresets.cct2(), 10).schedule());
    }

    @Test
    void checkpointingAndAutoAugmentAreSwitchedOn() {
        TrainingConfig recipe =
                ClassifierKeys.defaults().set("gradient_checkpointing", "true").set("auto_augment", "cifar10");
        assertTrue(ClassifierTraining.plan(recipe, CctPresets.cct2(), 10).gradientCheckpointing());
        PixelNormalization normalization = PixelNormalization.imageNet();
        assertTrue(ClassifierTraining.pipeline(recipe, 32, 32, normalization)
                .toString()
                .contains("AutoAugment[cifar10]"));
        TrainingConfig usual = ClassifierKeys.defaults();
        assertFalse(ClassifierTraining.plan(usual, CctPresets.cct2(), 10).gradientCheckpointing());
        assertFalse(ClassifierTraining.pipeline(usual, 32, 32, normalization)
                .toString()
                .contains("AutoAugment"));
    }

    @Test
    void wrongValuesAreNamedWithTheirRule() {
        String text = assertThrows(TrainingConfigException.class, () -> ClassifierKeys.defaults()
                        .set("optimizer", "adam"))
                .getMessage();
        assertTrue(text.contains("\"optimizer\" must be one of [adamw, sgd], got adam"), text);
        String number = assertThrows(TrainingConfigException.class, () -> ClassifierKeys.defaults()
                        .set("flip", "1.5"))
                .getMessage();
        assertTrue(number.contains("\"flip\" must be a number from 0.0 to 1.0, got 1.5"), number);
    }
}
