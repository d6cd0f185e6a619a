package org.fovea.captioning.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.CrossAttentionCaptioner;
import org.fovea.captioning.model.PrefixCaptioner;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.tensor.Shape;
import org.fovea.vit.model.SwinEncoder;
import org.fovea.vit.model.ViTEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations with the reference's defaults, and names of weights there and back. */
class CaptionerFamiliesTest {
    private static final Map<String, Object> SMALL_GPT2 =
            Map.of("model_type", "gpt2", "vocab_size", 30, "n_positions", 12, "n_embd", 8, "n_layer", 2, "n_head", 2);

    private static CaptionerSpec read(Map<String, ?> config) {
        ConfigFile file = ConfigFile.of(Path.of("config.json"), config);
        return CaptionerFamilies.ALL.of(file).read(file);
    }

    @Test
    void blipsDefaultsAreTheReferences() {
        CaptionerSpec spec = read(Map.of("model_type", "blip"));
        CrossAttentionCaptioner model = (CrossAttentionCaptioner) spec.model();
        ViTEncoder encoder = (ViTEncoder) model.encoder();
        assertEquals(List.of(384, 16, 768, 12, 12), sizes(encoder));
        assertEquals(1e-5, encoder.normEpsilon());
        TextDecoder text = model.text();
        assertEquals(List.of(30_524, 512, 768, 12, 8), sizes(text));
        assertEquals(1e-12, text.epsilon());
        assertEquals(new TokenIds(30_522, List.of(102), 0, TokenIds.NONE), spec.tokens());
    }

    @Test
    void theTextReadsTokensOfTheEncodersWidth() {
        CaptionerModel large = Presets.named("blip-image-captioning-large", 1).model();
        assertEquals(Shape.of(1536, 1024), large.parameterShapes().get("text.blocks.11.cross.key_value.weight"));
    }

    @Test
    void gitsDefaultsAreTheReferences() {
        CaptionerSpec spec = read(Map.of("model_type", "git"));
        PrefixCaptioner model = (PrefixCaptioner) spec.model();
        assertEquals(List.of(224, 16, 768, 12, 12), sizes((ViTEncoder) model.encoder()));
        assertEquals(List.of(30_522, 1024, 768, 6, 12), sizes(model.text()));
        assertEquals(new TokenIds(101, List.of(102), 0, TokenIds.NONE), spec.tokens());
        assertEquals(197, model.leading());
    }

    @Test
    void gpt2sDefaultsAreTheReferences() {
        CaptionerSpec spec = read(Map.of(
                "model_type",
                "vision-encoder-decoder",
                "encoder",
                Map.of("model_type", "vit"),
                "decoder",
                Map.of(),
                "max_length",
                16));
        CrossAttentionCaptioner model = (CrossAttentionCaptioner) spec.model();
        assertEquals(List.of(50_257, 1024, 768, 12, 12), sizes(model.text()));
        assertEquals(3072, model.text().feedForward().hidden());
        GenerationOptions options = GenerationOptions.read(Path.of("none"), spec.options());
        assertEquals(List.of(50_256), options.tokens().end());
        assertEquals(16, options.lengths().max());
    }

    private static List<Integer> sizes(ViTEncoder e) {
        return List.of(e.imageHeight(), e.patchPixels(), e.width(), e.depth(), e.heads());
    }

    private static List<Integer> sizes(TextDecoder t) {
        return List.of(t.vocabulary(), t.positions(), t.width(), t.depth(), t.heads());
    }

    static Stream<Map<String, Object>> small() {
        Map<String, Object> vit = Map.of(
                "image_size",
                16,
                "patch_size",
                8,
                "hidden_size",
                8,
                "num_hidden_layers",
                1,
                "num_attention_heads",
                2,
                "intermediate_size",
                12);
        Map<String, Object> text = Map.of(
                "vocab_size",
                30,
                "max_position_embeddings",
                12,
                "hidden_size",
                8,
                "num_hidden_layers",
                2,
                "num_attention_heads",
                2,
                "intermediate_size",
                12);
        Map<String, Object> git = new LinkedHashMap<>(text);
        git.putAll(Map.of("model_type", "git", "vision_config", vit));
        Map<String, Object> deit = new LinkedHashMap<>(vit);
        deit.put("model_type", "deit");
        Map<String, Object> swin = Map.of(
                "model_type",
                "swin",
                "image_size",
                16,
                "patch_size",
                4,
                "embed_dim",
                4,
                "depths",
                List.of(1, 1),
                "num_heads",
                List.of(1, 2),
                "window_size",
                2);
        return Stream.of(
                Map.of("model_type", "blip", "vision_config", vit, "text_config", text),
                git,
                Map.of("model_type", "vision-encoder-decoder", "encoder", deit, "decoder", SMALL_GPT2),
                Map.of("model_type", "vision-encoder-decoder", "encoder", swin, "decoder", SMALL_GPT2));
    }

    /** Written under the publisher's names and read again, every weight is what it was. */
    @ParameterizedTest
    @MethodSource("small")
    void weightsComeBackUnderTheirNames(Map<String, Object> config, @TempDir Path folder) throws IOException {
        CaptionerSpec spec = read(config);
        PretrainedCaptioner random = PretrainedCaptioner.random(spec, 3);
        Map<String, Shape> shapes = spec.model().parameterShapes();
        new CheckpointFormat(Map.of(), spec.names())
                .writeWeights(folder.resolve("model.safetensors"), shapes, random.parameters());
        new ObjectMapper().writeValue(folder.resolve("config.json").toFile(), config);
        try (PretrainedCaptioner read = PretrainedCaptioner.open(folder)) {
            assertEquals(spec.model(), read.model());
            assertEquals(shapes.keySet(), read.parameters().names());
            for (String name : shapes.keySet()) {
                assertArrayEquals(
                        random.parameters().floats(name), read.parameters().floats(name), name);
            }
        }
    }

    @Test
    void anEncoderDecoderMayHaveSwin() {
        CaptionerModel model = read(small().skip(3).findFirst().orElseThrow()).model();
        SwinEncoder encoder = (SwinEncoder) model.encoder();
        assertEquals(4, model.memoryTokens());
        assertEquals(2, model.gridRows());
        assertEquals(8, encoder.width());
    }

    @Test
    void presetsAreReadable() {
        assertTrue(Presets.names()
                .containsAll(List.of("blip-image-captioning-base", "vit-gpt2-image-captioning", "git-base-coco")));
        for (String name : Presets.names()) {
            assertTrue(Presets.named(name, 1).parameters().count() > 100_000_000, name);
        }
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Presets.named("blip-base", 1));
        assertTrue(e.getMessage().contains("Did you mean"), e.getMessage());
    }

    @Test
    void whatIsNoCaptionerSaysSo(@TempDir Path folder) throws IOException {
        assertMessage("must name a captioner", Map.of("model_type", "blip", "architectures", List.of("BlipModel")));
        assertMessage(
                "\"model_type\" must be one of " + CaptionerFamilies.ALL.names("model_type"),
                Map.of("model_type", "vit"));
        assertMessage(
                "must be one of [gpt2] for a decoder",
                Map.of(
                        "model_type", "vision-encoder-decoder",
                        "encoder", Map.of("model_type", "vit"),
                        "decoder", Map.of("model_type", "trocr")));
        assertMessage(
                "for an image encoder",
                Map.of(
                        "model_type",
                        "vision-encoder-decoder",
                        "encoder",
                        Map.of("model_type", "resnet"),
                        "decoder",
                        SMALL_GPT2));
        assertMessage("Models of videos", Map.of("model_type", "git", "num_image_with_embedding", 6));
        assertMessage("a divisor of hidden_size", Map.of("model_type", "git", "num_attention_heads", 7));
        ModelFormatException e =
                assertThrows(ModelFormatException.class, () -> PretrainedCaptioner.open(folder.resolve("none")));
        assertTrue(e.getMessage().contains("no such directory"), e.getMessage());
    }

    private static void assertMessage(String part, Map<String, ?> config) {
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> read(config));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
