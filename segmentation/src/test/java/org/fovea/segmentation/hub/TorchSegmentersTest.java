package org.fovea.segmentation.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.TorchWriter;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.Prompt;
import org.fovea.segmentation.PromptSegmenter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as PyTorch saves them: the same weights and results as of their safetensors. */
class TorchSegmentersTest {
    @TempDir
    Path folder;

    @Test
    void samOfPytorchModelBin() throws IOException {
        Path twin = FixtureFiles.of("sam");
        TorchWriter.copy(twin, folder);
        assertFalse(Files.exists(folder.resolve("model.safetensors")));
        try (PretrainedSam expected = PretrainedSam.open(twin);
                PretrainedSam actual = PretrainedSam.open(folder)) {
            assertEqual(expected.parameters(), actual.parameters());
        }
        RgbImage image = ImageDecoder.create().decode(twin.resolve("image.png"));
        Prompt prompt = Prompt.at(image.width() / 2.0, image.height() / 2.0);
        try (PromptSegmenter expected = PromptSegmenter.load(twin);
                PromptSegmenter actual = PromptSegmenter.load(folder)) {
            assertEqual(expected.dump(image, prompt), actual.dump(image, prompt));
        }
    }

    @Test
    void segformerOfPytorchModelBin() throws IOException {
        Path twin = FixtureFiles.of("segformer");
        TorchWriter.copy(twin, folder);
        RgbImage image = ImageDecoder.create().decode(FixtureFiles.of("sam").resolve("image.png"));
        try (ImageSegmenter expected = ImageSegmenter.load(twin);
                ImageSegmenter actual = ImageSegmenter.load(folder)) {
            assertEqual(expected.dump(image), actual.dump(image));
        }
    }

    private static void assertEqual(Parameters expected, Parameters actual) {
        assertEquals(List.copyOf(expected.names()), List.copyOf(actual.names()));
        expected.names().forEach(name -> assertEqual(name, expected.tensor(name), actual.tensor(name)));
    }

    private static void assertEqual(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, tensor) -> assertEqual(name, tensor, actual.get(name)));
    }

    private static void assertEqual(String name, Tensor expected, Tensor actual) {
        assertEquals(expected.shape(), actual.shape(), name);
        assertArrayEquals(expected.toFloats(), actual.toFloats(), 0f, name);
    }
}
