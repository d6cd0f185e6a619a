package org.fovea.segmentation.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.ModelFormatException;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.tensor.Shape;
import org.fovea.segmentation.model.Sam;
import org.fovea.segmentation.model.SamEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations with the reference's defaults, and files that are wrong. */
class SamFamilyTest {
    @Test
    void defaultsAreTheReferences() {
        Sam model = PretrainedSam.preset("sam-vit-base", 1).model();
        SamEncoder e = model.encoder();
        assertEquals(
                List.of(1024, 3, 16, 768, 12, 12, 256),
                List.of(
                        e.imagePixels(),
                        e.channels(),
                        e.patchPixels(),
                        e.embeddingWidth(),
                        e.depth(),
                        e.heads(),
                        e.width()));
        assertEquals(new SamEncoder.Looks(14, List.of(2, 5, 8, 11), true, true, true), e.looks());
        assertEquals(new Mlp(3072, Activation.GELU), e.feedForward());
        assertEquals(
                new Mlp(2048, Activation.RELU), model.decoder().transformer().feedForward());
        assertEquals(256, model.prompts().maskPixels());
        Map<String, Shape> shapes = model.parameterShapes();
        long weights = shapes.values().stream().mapToLong(Shape::size).sum();
        assertEquals(
                93_735_472 + 2 * 128, weights); // the authors' count, and the random matrix that is no weight there
    }

    @Test
    void publishedSizesDiffer() {
        Sam huge = PretrainedSam.preset("sam-vit-huge", 1).model();
        assertEquals(1280, huge.encoder().embeddingWidth());
        assertEquals(Shape.of(127, 80), huge.parameterShapes().get("vision.blocks.31.attention.row_offsets"));
        assertEquals(
                Shape.of(27, 64),
                PretrainedSam.preset("sam-vit-large", 1)
                        .model()
                        .parameterShapes()
                        .get("vision.blocks.6.attention.row_offsets"));
        var e = assertThrows(IllegalArgumentException.class, () -> PretrainedSam.preset("sam-vit-hug", 1));
        assertTrue(e.getMessage().contains("Did you mean \"sam-vit-huge\""), e.getMessage());
    }

    @Test
    void wrongValuesAreExplained(@TempDir Path folder) throws IOException {
        assertError(folder, "{\"model_type\": \"sam2\"}", "\"model_type\" must be one of [sam]");
        assertError(
                folder,
                "{\"model_type\": \"sam\", \"vision_config\": {\"image_size\": 512}}",
                "\"prompt_encoder_config.image_size\" must be that of vision_config");
        assertError(
                folder,
                "{\"model_type\": \"sam\", \"vision_config\": {\"num_attention_heads\": 7}}",
                "heads must divide the width 768, got 7");
        assertError(
                folder,
                "{\"model_type\": \"sam\", \"mask_decoder_config\": {\"hidden_size\": 128}}",
                "the widths of encoder, prompts and decoder must be equal, got 256, 256 and 128");
        assertError(
                folder,
                "{\"model_type\": \"sam\", \"prompt_encoder_config\": {\"num_point_embeddings\": 5}}",
                "must be 4");
        assertTrue(PretrainedSam.canRead(folder));
    }

    private static void assertError(Path folder, String json, String part) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
        var e = assertThrows(ModelFormatException.class, () -> PretrainedSam.open(folder));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
