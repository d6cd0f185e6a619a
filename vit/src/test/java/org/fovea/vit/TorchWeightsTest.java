package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.TorchWriter;
import org.fovea.core.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as PyTorch saves them. */
class TorchWeightsTest {
    @TempDir
    Path folder;

    @Test
    void pytorchModelBinGivesTheLogitsOfItsSafetensorsTwin() throws IOException {
        Path twin = FixtureFiles.of("vit-hf");
        for (String name : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(twin.resolve(name), folder.resolve(name));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (Checkpoint checkpoint = Checkpoint.open(twin)) {
            checkpoint.names().forEach(name -> tensors.put(name, checkpoint.tensor(name)));
        }
        TorchWriter.write(folder.resolve("pytorch_model.bin"), tensors);
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
