package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.model.ClassifierConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encoder of SegFormer as a classifier. */
class SegformerClassifierTest {
    private static final int WIDTH = 48;
    private static final int CLASSES = 3;

    @TempDir
    Path folder;

    /** The paper's table 1 tells those of the encoders, in millions. */
    @ParameterizedTest
    @CsvSource({"mit-b0, 3.4", "mit-b1, 13.1", "mit-b2, 24.2", "mit-b3, 44.0", "mit-b4, 60.8", "mit-b5, 81.4"})
    void presetsHaveThePublishedNumberOfWeights(String name, double millions) {
        ClassifierConfig config = Presets.named(name);
        long encoder = config.parameterCount() - (config.width() + 1L) * config.classes();
        assertEquals(millions, encoder / 1e6, 0.1);
    }

    /** The fixture's encoder with a classifier: the logits are those of the mean of the reference's own last hidden state. */
    @Test
    void theClassifierReadsTheMeanOfTheLastStage() throws IOException {
        float[] weights = new float[CLASSES * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(i);
        }
        float[] bias = {1, 2, 3};
        writeClassifier(weights, bias);
        Map<String, Tensor> expected = FixtureFiles.expected("segformer");
        float[] hidden = expected.get("hidden_states.3").toFloats(); // [1, 48, 2, 2]
        float[] logits = bias.clone();
        for (int k = 0; k < CLASSES; k++) {
            for (int c = 0; c < WIDTH; c++) {
                float mean = (hidden[4 * c] + hidden[4 * c + 1] + hidden[4 * c + 2] + hidden[4 * c + 3]) / 4;
                logits[k] += weights[k * WIDTH + c] * mean;
            }
        }
        try (ImageClassifier classifier = ImageClassifier.load(folder)) {
            assertArrayEquals(
                    logits, classifier.logits(expected.get("pixel_values")).toFloats(), 1e-4f);
            Explanation why = classifier.explain(FixtureFiles.of("segformer/image.png"));
            assertEquals(2, why.map(0).shape().dim(0));
            assertTrue(why.draw(why.rollout()).height() > 0);
        }
    }

    private void writeClassifier(float[] weights, float[] bias) throws IOException {
        Path fixture = FixtureFiles.of("segformer");
        String config = Files.readString(fixture.resolve("config.json"));
        Files.writeString(
                folder.resolve("config.json"),
                config.replace("ForSemanticSegmentation", "ForImageClassification")
                        .replaceAll(
                                "(?s)\"id2label\": \\{.*?\\}",
                                "\"id2label\": {\"0\": \"a\", \"1\": \"b\", \"2\": \"c\"}")
                        .replaceAll("(?s)\"label2id\": \\{.*?\\},", ""));
        Files.copy(fixture.resolve("preprocessor_config.json"), folder.resolve("preprocessor_config.json"));
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Checkpoint all = Checkpoint.open(fixture)) {
            for (String name : all.names()) {
                if (name.startsWith("segformer.")) {
                    writer.add(name, all.tensor(name));
                }
            }
            writer.add("classifier.weight", Tensor.of(weights, CLASSES, WIDTH));
            writer.add("classifier.bias", Tensor.of(bias, CLASSES));
            writer.write(folder.resolve("model.safetensors"));
        }
    }

    @Test
    void aSegmenterIsNoClassifier() {
        String text = assertThrows(ModelFormatException.class, () -> ImageClassifier.load(FixtureFiles.of("segformer"))
                        .close())
                .getMessage();
        assertTrue(text.contains("must name a classifier"), text);
    }
}
