package org.fovea.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.cli.ColourSquares;
import org.fovea.core.data.LabeledImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
    @TempDir
    Path folder;

    /** A model trained further with another seed must not be validated on images that it was trained on. */
    @Test
    void sameImagesAreSetAsideWhateverTheSeed() throws IOException {
        ColourSquares.make(folder.resolve("all"));
        Path train = folder.resolve("data/train");
        Files.createDirectories(train.getParent());
        Files.move(folder.resolve("all/train"), train);
        Recipe recipe = Recipe.usual().set("validation_share", "0.25");
        List<String> once = setAside(recipe.set("seed", "1"));
        assertEquals(4, once.size());
        assertEquals(once, setAside(recipe.set("seed", "2")));
        assertNotEquals(once, setAside(recipe.set("validation_seed", "2")));
    }

    private List<String> setAside(Recipe recipe) {
        try (TrainingData data = TrainingData.open(folder.resolve("data"), recipe)) {
            return data.validation().samples().stream().map(LabeledImage::name).toList();
        }
    }
}
