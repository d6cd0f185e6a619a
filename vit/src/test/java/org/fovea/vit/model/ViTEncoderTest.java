package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The encoder inside other models: the vision towers of captioners and of CLIP, below a scope, as the reference computes them. */
class ViTEncoderTest {
    private static final double TOLERANCE = 1e-4;
    private static final String SCOPE = "vision";

    private static final ViTEncoder BLIP = tower(40, 16, 48)
            .feedForward(new Mlp(72, Activation.GELU))
            .normEpsilon(1e-5)
            .encoder();
    private static final ViTEncoder CLIP = tower(48, 16, 48)
            .size(48, 3, 4)
            .feedForward(new Mlp(96, Activation.QUICK_GELU))
            .normEpsilon(1e-5)
            .embeddingNorm(true)
            .encoder();
    private static final ViTEncoder VIT_GPT2 = tower(40, 8, 32)
            .feedForward(new Mlp(80, Activation.GELU))
            .normEpsilon(1e-12)
            .encoder();

    private static ViTConfigBuilder tower(int width, int patch, int pixels) {
        return ViTConfig.builder().image(pixels, pixels).patch(patch).size(width, 2, 4);
    }

    private static NameTable blip() {
        return common("vision_model.", BLIP)
                .row("patches", "embeddings.patch_embedding")
                .row("class_token", "embeddings.class_embedding")
                .row("positions", "embeddings.position_embedding")
                .row("blocks.*.attention.qkv", "encoder.layers.*.self_attn.qkv")
                .row("blocks.*.attention.output", "encoder.layers.*.self_attn.projection")
                .row("norm", "post_layernorm")
                .build();
    }

    private static NameTable clip() {
        String attention = "encoder.layers.*.self_attn.";
        return common("vision_model.", CLIP)
                .row("patches", "embeddings.patch_embedding")
                .row("class_token", "embeddings.class_embedding")
                .stored("class_token", Shape.of(48))
                .row("positions", "embeddings.position_embedding.weight")
                .stored("positions", Shape.of(10, 48))
                .row("embedding_norm", "pre_layrnorm")
                .row("blocks.*.attention.qkv", attention + "q_proj", attention + "k_proj", attention + "v_proj")
                .row("blocks.*.attention.output", attention + "out_proj")
                .row("norm", "post_layernorm")
                .build();
    }

    private static NameTable vitGpt2() {
        String attention = "encoder.layer.*.attention.";
        return common("encoder.", VIT_GPT2)
                .row("patches", "embeddings.patch_embeddings.projection")
                .row("class_token", "embeddings.cls_token")
                .row("positions", "embeddings.position_embeddings")
                .row("blocks.*.norm1", "encoder.layer.*.layernorm_before")
                .row(
                        "blocks.*.attention.qkv",
                        attention + "attention.query",
                        attention + "attention.key",
                        attention + "attention.value")
                .row("blocks.*.attention.output", attention + "output.dense")
                .row("blocks.*.norm2", "encoder.layer.*.layernorm_after")
                .row("blocks.*.feed_forward.in", "encoder.layer.*.intermediate.dense")
                .row("blocks.*.feed_forward.out", "encoder.layer.*.output.dense")
                .row("norm", "layernorm")
                .build();
    }

    private static NameTable.Builder common(String prefix, ViTEncoder e) {
        return NameTable.under(prefix)
                .stored("patches.weight", Shape.of(e.width(), 3, e.patchPixels(), e.patchPixels()))
                .row("blocks.*.norm1", "encoder.layers.*.layer_norm1")
                .row("blocks.*.norm2", "encoder.layers.*.layer_norm2")
                .row("blocks.*.feed_forward.in", "encoder.layers.*.mlp.fc1")
                .row("blocks.*.feed_forward.out", "encoder.layers.*.mlp.fc2");
    }

    static Stream<Arguments> towers() {
        return Backends.names().stream()
                .flatMap(backend -> Stream.of(
                        Arguments.of("tower-blip", BLIP, blip(), backend),
                        Arguments.of("tower-clip", CLIP, clip(), backend),
                        Arguments.of("tower-vit-gpt2", VIT_GPT2, vitGpt2(), backend)));
    }

    @ParameterizedTest
    @MethodSource("towers")
    void towersOfOtherModelsGiveTheReferencesTokens(String name, ViTEncoder encoder, NameTable names, String backend) {
        Graph graph = new Graph();
        Tokens tokens = encoder.build(Scope.of(graph).child(SCOPE), pixels(graph, encoder));
        boolean normed = !name.equals("tower-clip"); // CLIP's last_hidden_state is what comes before its post_layernorm
        graph.output("normed", tokens.values());
        graph.output("last", tokens.hiddenStates().get(encoder.depth()));
        Map<String, Tensor> expected = Fixtures.expected(name);
        try (Parameters weights = names.map(shapes(encoder)).load(Checkpoint.open(Fixtures.directory(name)));
                Program program = Backends.named(backend).compile(graph, scoped(weights), Precision.F32)) {
            Map<String, Tensor> actual =
                    program.run(Map.of(ClassifierConfig.PIXELS, expected.get(ClassifierConfig.PIXELS)));
            Fixtures.assertClose(
                    name, expected.get("last_hidden_state"), actual.get(normed ? "normed" : "last"), TOLERANCE);
        }
    }

    private static Value pixels(Graph graph, ViTEncoder e) {
        return graph.input(ClassifierConfig.PIXELS, 1, e.channels(), e.imageHeight(), e.imageWidth());
    }

    /** The weights of the encoder alone, without the scope. */
    private static Map<String, Shape> shapes(ViTEncoder encoder) {
        Graph graph = new Graph();
        graph.output(
                "tokens", encoder.build(Scope.of(graph), pixels(graph, encoder)).values());
        Map<String, Shape> out = new LinkedHashMap<>();
        graph.parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    private static Parameters scoped(Parameters weights) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        weights.names().forEach(name -> out.put(SCOPE + "." + name, weights.tensor(name)));
        return Parameters.of(out);
    }

    @Test
    void tokensKnowTheirPlaces() {
        ViTEncoder encoder = tower(48, 8, 32).encoder().withImage(16, 24);
        Graph graph = new Graph();
        Tokens tokens = encoder.build(Scope.of(graph), pixels(graph, encoder));
        assertEquals(
                List.of(2, 3, 1, 0),
                List.of(tokens.rows(), tokens.columns(), tokens.classTokens(), tokens.registers()));
        assertEquals(Shape.of(1, 7, 48), tokens.values().shape());
        assertEquals(Shape.of(1, 6, 48), tokens.places().shape());
        assertEquals(Shape.of(1, 48, 2, 3), tokens.featureMap().shape());
        assertEquals(encoder.depth() + 1, tokens.hiddenStates().size());
    }
}
