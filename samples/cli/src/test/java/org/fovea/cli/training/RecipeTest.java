package org.fovea.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.vit.model.CctPresets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    @TempDir
    Path folder;

    @Test
    void recipesSurviveBeingWritten() throws IOException {
        Recipe recipe = Recipe.usual()
                .with(RecipeKey.EPOCHS, 7)
                .set("mixup", "0.8")
                .set("rand_augment", "rand-m9-mstd0.5-inc1")
                .set("image_mean", "0.1,0.2,0.3")
                .set("class_weights", "true");
        Path file = folder.resolve("recipe.json");
        Files.writeString(file, recipe.json());
        assertEquals(recipe, Recipe.read(file));
        assertNotEquals(Recipe.usual(), recipe);
        assertEquals(List.of(0.1, 0.2, 0.3), recipe.colour(RecipeKey.IMAGE_MEAN));
    }

    @Test
    void everyUsualValueKeepsItsRule() {
        for (RecipeKey key : RecipeKey.values()) {
            assertTrue(key.accept(key.initial()).isPresent(), key.key());
        }
    }

    @Test
    void recipesOfTheProjectAreValid() throws IOException {
        try (var files = Files.list(Path.of("recipes"))) {
            List<Path> all = files.toList();
            assertTrue(all.size() >= 3, all.toString());
            for (Path file : all) {
                Recipe recipe = Recipe.read(file);
                new Ingredients(recipe).training(CctPresets.cct2(), 100);
                new Ingredients(recipe).mix(new double[] {1, 1});
            }
        }
    }

    @Test
    void scheduleFollowsTheRecipe() {
        Recipe recipe = Recipe.usual()
                .with(RecipeKey.EPOCHS, 20)
                .with(RecipeKey.WARMUP_EPOCHS, 2.0)
                .with(RecipeKey.LEARNING_RATE, 1e-3);
        TrainingRecipe training = new Ingredients(recipe).training(CctPresets.cct2(), 10);
        assertEquals(new Schedule.Cosine(1e-3, 1e-5, 1e-5, 20, 200), training.schedule());
        Recipe steps = recipe.set("schedule", "step").set("step_epochs", "8");
        assertEquals(
                new Schedule.Steps(1e-3, 1e-5, 20, List.of(80L, 160L), 0.1),
                new Ingredients(steps).training(CctPresets.cct2(), 10).schedule());
    }

    @Test
    void checkpointingAndAutoAugmentAreSwitchedOn() {
        Recipe recipe = Recipe.usual().set("gradient_checkpointing", "true").set("auto_augment", "cifar10");
        Ingredients ingredients = new Ingredients(recipe);
        assertTrue(ingredients.training(CctPresets.cct2(), 10).settings().gradientCheckpointing());
        PixelNormalization normalization = PixelNormalization.imageNet();
        assertTrue(ingredients.pipeline(32, 32, normalization).toString().contains("AutoAugment[cifar10]"));
        Ingredients usual = new Ingredients(Recipe.usual());
        assertFalse(usual.training(CctPresets.cct2(), 10).settings().gradientCheckpointing());
        assertFalse(usual.pipeline(32, 32, normalization).toString().contains("AutoAugment"));
    }

    @Test
    void wrongValuesAreNamedWithTheirRule() {
        String text = assertThrows(RecipeException.class, () -> Recipe.usual().set("optimizer", "adam"))
                .getMessage();
        assertTrue(text.contains("\"optimizer\" must be one of [adamw, sgd], got adam"), text);
        String number = assertThrows(RecipeException.class, () -> Recipe.usual().set("flip", "1.5"))
                .getMessage();
        assertTrue(number.contains("\"flip\" must be a number from 0.0 to 1.0, got 1.5"), number);
    }
}
