package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.data.LabeledImage;
import org.fovea.core.image.RgbImage;
import org.fovea.core.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
    @TempDir
    Path folder;

    /** A model trained further with another seed must not be validated on images that it was trained on. */
    @Test
    void sameImagesAreSetAsideWhateverTheSeed() throws IOException {
        for (int i = 0; i < 16; i++) {
            Path file = folder.resolve("data/train/" + (i % 2 == 0 ? "red" : "green") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            RgbImage.of(1, 1, new byte[] {(byte) i, 0, 0}).writePng(file);
        }
        TrainingConfig recipe = ClassifierKeys.defaults().set("validation_share", "0.25");
        List<String> once = setAside(recipe.set("seed", "1"));
        assertEquals(4, once.size());
        assertEquals(once, setAside(recipe.set("seed", "2")));
        assertNotEquals(once, setAside(recipe.set("validation_seed", "2")));
    }

    private List<String> setAside(TrainingConfig recipe) {
        try (TrainingData data = TrainingData.open(folder.resolve("data"), recipe)) {
            return data.validation().samples().stream().map(LabeledImage::name).toList();
        }
    }
}
