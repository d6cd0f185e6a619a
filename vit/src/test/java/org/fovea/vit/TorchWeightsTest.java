package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.TorchWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as PyTorch saves them. */
class TorchWeightsTest {
    @TempDir
    Path folder;

    @Test
    void pytorchModelBinGivesTheLogitsOfItsSafetensorsTwin() throws IOException {
        Path twin = FixtureFiles.of("vit-hf");
        TorchWriter.copy(twin, folder);
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
        assertArrayEquals(logits(twin), logits(folder), 0f);
    }

    private static float[] logits(Path checkpoint) {
        try (ImageClassifier classifier = ImageClassifier.load(checkpoint)) {
            return classifier
                    .logits(FixtureFiles.expected("vit-hf").get("pixel_values"))
                    .toFloats();
        }
    }
}
