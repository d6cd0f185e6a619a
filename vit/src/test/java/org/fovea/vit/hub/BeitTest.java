package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.Explanation;
import org.fovea.vit.Fixtures;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.model.BeitConfig;
import org.fovea.vit.model.BeitEncoder;
import org.fovea.vit.model.BeitPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Extra;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BeitTest {
    private static final Path CONFIG = Path.of("config.json");

    @TempDir
    Path folder;

    /** Millions of timm's results table; keys have no bias. */
    @ParameterizedTest
    @CsvSource({
        "beit-base-patch16-224, 86.53",
        "beit-base-patch16-384, 86.74",
        "beit-large-patch16-224, 304.43",
        "beit-large-patch16-384, 305.00",
        "beit-large-patch16-512, 305.67"
    })
    void presetsHaveThePublishedNumberOfWeights(String name, double millions) {
        assertEquals(millions, Presets.named(name).parameterCount() / 1e6, 0.005);
    }

    /** Variants without a published checkpoint: the class token read, shared biases, positions, no layer scale. */
    static Stream<ConfigFile> variants() {
        Map<String, Object> plain = Map.of(
                "model_type",
                "beit",
                "hidden_size",
                12,
                "num_hidden_layers",
                2,
                "num_attention_heads",
                2,
                "intermediate_size",
                20,
                "image_size",
                12,
                "patch_size",
                4,
                "num_labels",
                3);
        return Stream.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("use_relative_position_bias", true, "use_mean_pooling", false),
                        Map.of("use_shared_relative_position_bias", true, "layer_scale_init_value", 0),
                        Map.of(
                                "use_relative_position_bias",
                                true,
                                "use_shared_relative_position_bias",
                                true,
                                "use_absolute_position_embeddings",
                                true,
                                "use_mean_pooling",
                                false))
                .map(more -> {
                    Map<String, Object> all = new LinkedHashMap<>(plain);
                    all.putAll(more);
                    return ConfigFile.of(CONFIG, all);
                });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whatIsWrittenReadsBack(ConfigFile file) {
        ClassifierConfig config = new HfBeit().read(file).config().apply(3);
        var format = new HfBeit().format(config, List.of("a", "b", "c")).orElseThrow();
        assertEquals(
                config,
                new HfBeit()
                        .read(ConfigFile.of(CONFIG, format.config()))
                        .config()
                        .apply(3));
        List<String> saved = new ArrayList<>();
        config.parameterShapes()
                .keySet()
                .forEach(name -> saved.addAll(format.names().saved(name)));
        assertTrue(saved.contains("beit.encoder.layer.1.attention.attention.value.bias"), saved.toString());
        assertFalse(saved.stream().anyMatch(name -> name.endsWith("key.bias")), saved.toString());
    }

    /** Prepared biases, folded scales and a last block of few queries give what the learned weights give. */
    @ParameterizedTest
    @MethodSource("variants")
    void theInferenceGraphAgreesWithTheTrainingGraph(ConfigFile file) {
        assertModesAgree(new HfBeit().read(file).config().apply(3));
    }

    /** Biases that would take more than their bound when prepared: graphs for inference look them up, in every block. */
    @Test
    void biasesOfManyTokensAreLookedUp() {
        BeitConfig config = manyTokens(21);
        assertTrue(4L * 48 * config.tokenCount() * config.tokenCount() > 32 << 20);
        assertFalse(config.inferenceGraph(1, Set.of()).parameters().keySet().stream()
                .anyMatch(n -> n.endsWith("biases")));
        assertTrue(
                manyTokens(20).inferenceGraph(1, Set.of()).parameters().containsKey("blocks.1.attention.pair_biases"));
        assertModesAgree(config);
    }

    private static BeitConfig manyTokens(int side) {
        ViTEncoder plain = ViTConfig.builder()
                .image(side, side)
                .patch(1)
                .size(48, 2, 48)
                .feedForward(new Mlp(48, Activation.GELU))
                .layerScale(true)
                .tokens(BeitPresets.tokens(false, PositionResize.BICUBIC))
                .encoder();
        return new BeitConfig(
                new BeitEncoder(plain, 0.1, true, false, BeitEncoder.Resize.BILINEAR), BeitPresets.meanPooling(), 3);
    }

    private static void assertModesAgree(ClassifierConfig config) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.parameterShapes()
                .forEach((name, shape) ->
                        weights.put(name, Initializers.truncatedNormal(0.4).create(name, shape, 1)));
        WeightSource learned = Parameters.of(weights);
        Tensor pixels = Initializers.truncatedNormal(1)
                .create("pixels", Shape.of(2, 3, config.imageHeight(), config.imageWidth()), 1);
        Tensor expected = logits(
                "nd4j", config.trainingGraph(2, DropRates.none()), config.learnedParameters(learned, config), pixels);
        for (String backend : Backends.names()) {
            Tensor actual = logits(
                    backend, config.inferenceGraph(2, Set.of()), config.inferenceParameters(learned, config), pixels);
            Fixtures.assertClose("logits", expected, actual, 1e-4);
            Tensor all = logits(
                    backend,
                    config.inferenceGraph(2, Set.of(Extra.ATTENTIONS, Extra.FEATURES)),
                    config.inferenceParameters(learned, config),
                    pixels);
            Fixtures.assertClose("logits", expected, all, 1e-4);
        }
    }

    private static Tensor logits(String backend, Graph graph, WeightSource weights, Tensor pixels) {
        try (Program program = Backends.named(backend).compile(graph, weights, Precision.F32)) {
            return program.run(Map.of(ClassifierConfig.PIXELS, pixels)).get(ClassifierConfig.LOGITS);
        }
    }

    @Test
    void aMapSumsToTheShareOfPatches() {
        try (ImageClassifier classifier = Fixtures.classifier("beit")) {
            Explanation why = classifier.explain(ImageDecoder.create().decode(Fixtures.image("beit")));
            assertEquals(Shape.of(3, 3), why.rollout().shape());
            double sum = 0;
            for (double share : why.map(1).toDoubles()) {
                sum += share;
            }
            assertTrue(sum > 0 && sum < 1, "the class token has the rest, got " + sum);
        }
    }

    /** The fixture's weights under timm's names are the same weights of the same model, but for the norms' epsilon. */
    @Test
    void timmsNamesAreThoseOfTheSameModel() throws IOException {
        timmCopy();
        try (PretrainedModel hub = PretrainedModel.open(Fixtures.directory("beit"));
                PretrainedModel timm = PretrainedModel.open(folder)) {
            assertEquals(hub.config().parameterShapes(), timm.config().parameterShapes());
            for (String name : hub.config().parameterShapes().keySet()) {
                assertArrayEquals(
                        hub.parameters().tensor(name).toFloats(),
                        timm.parameters().tensor(name).toFloats(),
                        name);
            }
            BeitConfig config = (BeitConfig) timm.config();
            assertEquals(((BeitConfig) hub.config()).head(), config.head());
            assertEquals(1e-6, config.encoder().plain().normEpsilon());
            ClassifierWriter.like(folder, config, timm.labels()).save(folder.resolve("again"), timm.parameters());
            try (Checkpoint before = Checkpoint.open(folder);
                    Checkpoint after = Checkpoint.open(folder.resolve("again"))) {
                assertEquals(before.names(), after.names());
            }
        }
    }

    @Test
    void timmKeepsItsImageSize() throws IOException {
        timmCopy();
        ClassifierOptions options = Fixtures.options().withImagePixels(64);
        var e = assertThrows(IllegalArgumentException.class, () -> {
            try (ImageClassifier classifier = ImageClassifier.load(folder, options)) {
                classifier.classify(ImageDecoder.create().decode(Fixtures.image("beit")));
            }
        });
        assertTrue(
                e.getMessage().contains("the image size must be the checkpoint's, 48 x 48, got 64 x 64"),
                e.getMessage());
    }

    private void timmCopy() throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Checkpoint checkpoint = Checkpoint.open(Fixtures.directory("beit"))) {
            for (String name : checkpoint.names()) {
                if (name.endsWith("attention.query.weight")) {
                    Tensor[] parts = Stream.of("query", "key", "value")
                            .map(part -> checkpoint.tensor(name.replace("query", part)))
                            .toArray(Tensor[]::new);
                    int each = (int) parts[0].shape().size();
                    float[] all = new float[3 * each];
                    for (int i = 0; i < 3; i++) {
                        System.arraycopy(parts[i].toFloats(), 0, all, i * each, each);
                    }
                    writer.add(timmName(name), Tensor.of(all, 144, 48));
                } else if (!name.endsWith("key.weight") && !name.endsWith("value.weight")) {
                    writer.add(timmName(name), checkpoint.tensor(name));
                }
            }
            writer.write(folder.resolve("model.safetensors"));
        }
        Files.writeString(folder.resolve("config.json"), """
                {"architecture": "beit_base_patch16_224", "num_classes": 5, "global_pool": "avg",
                 "model_args": {"img_size": 48, "embed_dim": 48, "depth": 2, "num_heads": 4, "mlp_ratio": 2},
                 "pretrained_cfg": {"input_size": [3, 48, 48], "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5],
                   "interpolation": "bicubic", "crop_pct": 1.0, "label_names": ["a", "b", "c", "d", "e"]}}
                """);
    }

    private static String timmName(String name) {
        return name.replace("beit.pooler.layernorm", "fc_norm")
                .replace("beit.embeddings.patch_embeddings.projection", "patch_embed.proj")
                .replace("beit.embeddings.cls_token", "cls_token")
                .replace("beit.encoder.layer", "blocks")
                .replace("layernorm_before", "norm1")
                .replace("layernorm_after", "norm2")
                .replace("lambda", "gamma")
                .replace("attention.attention.query.weight", "attn.qkv.weight")
                .replace("attention.attention.query.bias", "attn.q_bias")
                .replace("attention.attention.value.bias", "attn.v_bias")
                .replace("attention.attention.relative_position_bias.", "attn.")
                .replace("attention.output.dense", "attn.proj")
                .replace("intermediate.dense", "mlp.fc1")
                .replace("output.dense", "mlp.fc2")
                .replace("classifier", "head");
    }

    @ParameterizedTest
    @CsvSource({
        "beit_base_patch16_224.in22k_ft_in22k_in1k, 224, 0.1, 86.53",
        "beit_base_patch16_384.in22k_ft_in22k_in1k, 384, 0.1, 86.74",
        "beit_large_patch16_512.in22k_ft_in22k_in1k, 512, 1e-5, 305.67",
        "beitv2_base_patch16_224.in1k_ft_in1k, 224, 1e-5, 86.53",
        "beitv2_large_patch16_224, 224, 1e-5, 304.43"
    })
    void namesTellTheArchitecture(String name, int pixels, double layerScale, double millions) {
        ConfigFile file = ConfigFile.of(CONFIG, Map.of("architecture", name));
        BeitConfig config =
                (BeitConfig) ClassifierFamilies.ALL.of(file).read(file).config().apply(1000);
        assertEquals(pixels, config.imageHeight());
        assertEquals(layerScale, config.encoder().layerScale());
        assertEquals(millions, config.parameterCount() / 1e6, 0.005);
        assertEquals(config, Presets.named(name));
    }

    @Test
    void whatIsNotSupportedIsRefused() {
        assertRefused(
                Map.of("model_type", "beit", "image_size", List.of(32, 48), "use_relative_position_bias", true),
                "\"image_size\" must be square with relative positions, got 32 x 48");
        assertRefused(
                Map.of("model_type", "beit", "architectures", List.of("BeitForSemanticSegmentation")),
                "must name a classifier");
        assertRefused(
                Map.of("architecture", "beit_base_patch16_224", "model_args", Map.of("swiglu_mlp", true)),
                "model_args.swiglu_mlp\" must be absent");
        assertRefused(
                Map.of("architecture", "beit_base_patch16_224", "global_pool", "map"),
                "\"global_pool\" must be token or avg, got \"map\"");
        assertThrows(IllegalArgumentException.class, () -> BeitPresets.base(224)
                .learnedParameters(null, BeitPresets.large(224)));
    }

    private static void assertRefused(Map<String, Object> config, String text) {
        ConfigFile file = ConfigFile.of(CONFIG, config);
        String message = assertThrows(
                        ModelFormatException.class,
                        () -> ClassifierFamilies.ALL.of(file).read(file))
                .getMessage();
        assertTrue(message.contains(text), message);
    }
}
