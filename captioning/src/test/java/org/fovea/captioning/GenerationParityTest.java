package org.fovea.captioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.engine.Backends;
import org.fovea.core.generate.TextGeneration;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant of generation token for token as the reference writes it. */
class GenerationParityTest {
    private static final double SCORE_TOLERANCE = 1e-4;

    static Stream<Arguments> all() {
        return Stream.of("blip-captioning", "blip-captioning-bin", "vit-gpt2", "git")
                .flatMap(name -> Backends.names().stream().map(backend -> Arguments.of(name, backend)));
    }

    private static ImageCaptioner load(String name, String backend) {
        return ImageCaptioner.load(
                Captioners.directory(name), CaptionerOptions.defaults().withBackend(Backends.named(backend)));
    }

    private static CaptionRequest request(ImageCaptioner captioner, String name, String variant, JsonNode node) {
        @SuppressWarnings("unchecked") // the arguments are one JSON object
        Map<String, Object> arguments = new ObjectMapper().convertValue(node.get("arguments"), Map.class);
        String prompt =
                variant.equals("prompted") ? Captioners.json(name).get("prompt").asText() : "";
        return captioner.request().withPrompt(prompt).with(options -> options.with(arguments));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everySequenceEqualsTheReference(String name, String backend) {
        Map<String, Tensor> expected = Captioners.expected(name);
        JsonNode generations = Captioners.generations(name);
        assertTrue(generations.size() >= 4);
        try (ImageCaptioner captioner = load(name, backend)) {
            generations.fields().forEachRemaining(variant -> {
                String label = name + " " + variant.getKey();
                CaptionRequest request = request(captioner, name, variant.getKey(), variant.getValue());
                List<TextGeneration> texts = captioner
                        .generate(expected.get(CaptionerModel.PIXELS), request)
                        .get(0);
                Tensor sequences = expected.get("sequences." + variant.getKey());
                Tensor actual =
                        TextGeneration.sequences(texts, request.options().filling());
                assertEquals(sequences.shape(), actual.shape(), label);
                assertArrayEquals(sequences.toLongs(), actual.toLongs(), label);
                Tensor scores = expected.get("sequences_scores." + variant.getKey());
                for (int i = 0; scores != null && i < texts.size(); i++) {
                    assertEquals(scores.toFloats()[i], texts.get(i).score(), SCORE_TOLERANCE, label + " score " + i);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void textsOfTheImageEqualTheReference(String name, String backend) {
        RgbImage image = ImageDecoder.create().decode(Captioners.image(name));
        try (ImageCaptioner captioner = load(name, backend)) {
            Captioners.generations(name).fields().forEachRemaining(variant -> {
                CaptionRequest request = request(captioner, name, variant.getKey(), variant.getValue());
                List<String> texts = captioner.caption(image, request).all().stream()
                        .map(Caption::text)
                        .toList();
                List<String> expected = new ArrayList<>();
                variant.getValue().get("text").forEach(text -> expected.add(text.asText()));
                assertEquals(expected, texts, name + " " + variant.getKey());
            });
        }
    }
}
