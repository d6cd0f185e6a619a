package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedModelsTest {
    @TempDir
    Path cache;

    @Test
    void copyRepairsAFileOfTheRightSizeAndLeavesNothingElse() throws IOException {
        Path copy = ShippedModels.copy("cifar10", cache);
        Path weights = copy.resolve("model.safetensors");
        byte[] right = Files.readAllBytes(weights);
        byte[] damaged = right.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(weights, damaged);
        assertEquals(copy, ShippedModels.copy("cifar10", cache));
        assertArrayEquals(right, Files.readAllBytes(weights));
        try (Stream<Path> files = Files.list(copy)) {
            assertEquals(
                    List.of("config.json", "model.safetensors", "preprocessor_config.json"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shippedModelIsLoadedByItsName() {
        ClassifierOptions options = Fixtures.options().withTopK(1);
        try (ImageClassifier classifier = ImageClassifier.shipped("cifar10", options)) {
            assertEquals(10, classifier.config().classes());
            assertEquals(options, classifier.options());
        }
    }

    @Test
    void unknownNameTellsWhatThereIsAndTheNearest() {
        String message = assertThrows(IllegalArgumentException.class, () -> ImageClassifier.shipped("cifar-10"))
                .getMessage();
        assertTrue(
                message.startsWith("ShippedModels: the name must be one of " + ShippedModels.names()
                        + ", got \"cifar-10\". Did you mean \"cifar10\"?"),
                message);
    }
}
