package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
