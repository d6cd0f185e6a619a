package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.ModelFormatException;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;
import org.fovea.vit.model.ViTConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints whose image size is no multiple of the patch: the reference's convolution passes over the rest. */
class CroppedImageTest {
    private static final int SIDE = 37; // four patches of 8, and 5 pixels
    private static final int SEEN = 32;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "nd4j"})
    void restOfAnImageIsNotLookedAt(String backend) throws IOException {
        Tensor whole = Initializers.truncatedNormal(1).create("pixels", Shape.of(1, 3, SIDE, SIDE), 1);
        ClassifierOptions options = ClassifierOptions.defaults().withBackend(Backends.named(backend));
        try (ImageClassifier cropping = ImageClassifier.load(checkpoint(), options);
                ImageClassifier plain = Fixtures.classifier("vit-hf", backend)) {
            assertEquals(SIDE, cropping.config().imageHeight());
            assertEquals(4, cropping.config().gridRows());
            Fixtures.assertClose("logits", plain.logits(seen(whole)), cropping.logits(whole), 1e-5);
            Explanation why = cropping.explain(Fixtures.image("vit-hf"));
            assertEquals("F32 [4, 4]", why.rollout().toString());
            InputGeometry grid = cropping.config().gridGeometry(new InputGeometry(0, 0, 2 * SIDE, SIDE));
            assertEquals(new InputGeometry(0, 0, 2 * SEEN, SEEN), grid);
        }
    }

    @Test
    void theModelsOwnSizeMayBeAskedFor() throws IOException {
        ClassifierOptions own = Fixtures.options().withImagePixels(SIDE);
        try (ImageClassifier classifier = ImageClassifier.load(checkpoint(), own)) {
            assertEquals(4, classifier.config().gridColumns());
        }
    }

    @Test
    void anotherSizeMustBeAMultipleOfThePatch() throws IOException {
        ClassifierOptions other = Fixtures.options().withImagePixels(SIDE + 1);
        Path checkpoint = checkpoint();
        String message = assertThrows(IllegalArgumentException.class, () -> ImageClassifier.load(checkpoint, other))
                .getMessage();
        assertTrue(message.contains("imageHeight must be a positive multiple of patchPixels, got 38 and 8"), message);
    }

    /** timm's name gives 27 x 27 patches of 14 pixels. */
    @Test
    void timmsSigLipOf384PixelsIsKnown() {
        ViTConfig config = (ViTConfig) Presets.named("vit_so400m_patch14_siglip_384");
        assertEquals(384, config.imageHeight());
        assertEquals(27, config.gridRows());
        assertEquals(
                config.parameterCount(),
                Presets.named("vit_so400m_patch14_siglip_378").parameterCount());
    }

    /** timm refuses such images, or pads them, where it is told that their size may change. */
    @ParameterizedTest
    @ValueSource(strings = {"\"dynamic_img_size\": true", "\"strict_img_size\": false", "\"dynamic_img_pad\": true"})
    void timmsChangingSizesMustBeMultiplesOfThePatch(String argument) throws IOException {
        CheckpointFiles.configured(folder, "vit-timm", "\"img_size\": 48", "\"img_size\": 50, " + argument);
        String message = assertThrows(
                        ModelFormatException.class, () -> ImageClassifier.load(folder, Fixtures.options()))
                .getMessage();
        assertTrue(message.contains("imageHeight must be a positive multiple of patchPixels, got 50 and 16"), message);
    }

    private Path checkpoint() throws IOException {
        CheckpointFiles.configured(folder, "vit-hf", "\"image_size\": 32", "\"image_size\": 37");
        Path file = folder.resolve("preprocessor_config.json");
        Files.writeString(file, Files.readString(file).replace("32", "37"));
        return folder;
    }

    private static Tensor seen(Tensor whole) {
        float[] from = whole.toFloats();
        float[] out = new float[3 * SEEN * SEEN];
        for (int i = 0; i < out.length; i++) {
            int x = i % SEEN;
            int y = i / SEEN % SEEN;
            out[i] = from[(i / SEEN / SEEN * SIDE + y) * SIDE + x];
        }
        return Tensor.of(out, 1, 3, SEEN, SEEN);
    }
}
