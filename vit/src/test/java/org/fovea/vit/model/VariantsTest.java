package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SwiGlu;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.Fixtures;
import org.fovea.vit.model.TokenLayout.Positioned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The variants for which there is no reference output: structure, and the two forms of the graph against each other. */
class VariantsTest {
    private static final int BATCH = 2;

    static Stream<ViTConfig> variants() {
        ViTConfig plain = ViTConfig.builder()
                .image(32, 48)
                .size(48, 2, 3)
                .feedForward(new Mlp(96, Activation.QUICK_GELU))
                .classes(7)
                .build();
        Head average = new Head(Head.Pooling.PATCH_MEAN, Head.Norm.AFTER_POOLING);
        Head mean = new Head(Head.Pooling.PATCH_MEAN, Head.Norm.BEFORE_POOLING);
        Head dinov2 = new Head(Head.Pooling.CLASS_AND_PATCH_MEAN, Head.Norm.BEFORE_POOLING);
        return Stream.of(
                plain,
                plain.toBuilder().qkvBias(false).embeddingNorm(true).build(),
                plain.toBuilder().head(average).build(),
                plain.toBuilder()
                        .head(mean)
                        .tokens(tokens(ClassTokens.NONE, 0, Positioned.ALL))
                        .build(),
                plain.toBuilder()
                        .head(average)
                        .tokens(tokens(ClassTokens.NONE, 2, Positioned.ALL))
                        .build(),
                plain.toBuilder()
                        .layerScale(true)
                        .tokens(tokens(ClassTokens.CLASS, 0, Positioned.PATCHES))
                        .build(),
                plain.toBuilder()
                        .head(new Head(Head.Pooling.CLASS_TOKEN, Head.Norm.AFTER_POOLING))
                        .tokens(tokens(ClassTokens.CLASS, 4, Positioned.ALL))
                        .build(),
                ViTPresets.distilled(plain),
                plain.toBuilder()
                        .head(new Head(Head.Pooling.ATTENTION, Head.Norm.BEFORE_POOLING))
                        .tokens(tokens(ClassTokens.NONE, 2, Positioned.PATCHES))
                        .build(),
                plain.toBuilder()
                        .norms(NormPlacement.BRANCH)
                        .offsetBias(new OffsetBias(8, OffsetBias.Sharing.NONE))
                        .tokens(tokens(ClassTokens.CLASS, 2, Positioned.NONE))
                        .build(),
                plain.toBuilder()
                        .offsetBias(new OffsetBias(8, OffsetBias.Sharing.ALL_BLOCKS))
                        .head(mean)
                        .tokens(tokens(ClassTokens.NONE, 0, Positioned.NONE))
                        .build(),
                plain.toBuilder()
                        .layerScale(true)
                        .feedForward(SwiGlu.inPlaceOf(192))
                        .head(dinov2)
                        .tokens(tokens(ClassTokens.CLASS, 4, Positioned.CLASS_AND_PATCHES))
                        .build());
    }

    private static TokenLayout tokens(ClassTokens classTokens, int registers, Positioned positioned) {
        return new TokenLayout(classTokens, registers, positioned, PositionResize.BICUBIC_ANTIALIAS);
    }

    /** Prepared weights (positions added, layer scale folded, tokens sliced before the norm) change no result. */
    @ParameterizedTest
    @MethodSource("variants")
    void inferenceFormComputesWhatTheTrainingFormDoes(ViTConfig config) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.parameterShapes()
                .forEach((name, shape) ->
                        tensors.put(name, Initializers.truncatedNormal(0.5).create(name, shape, 3)));
        Parameters weights = Parameters.of(tensors);
        Set<Extra> extras = Set.of(Extra.FEATURES, Extra.HIDDEN_STATES);
        Tensor learned = run(config.graph(Scope.of(new Graph()), BATCH, extras), weights);
        WeightSource prepared = config.inferenceParameters(weights, config);
        Graph graph = config.inferenceGraph(BATCH, Set.of());
        Tensor inferred = run(graph, prepared);
        assertEquals(Shape.of(BATCH, 7), inferred.shape());
        Fixtures.assertClose("logits of " + config, learned, inferred, 1e-4);
        for (String backend : Backends.names()) {
            Tensor single = run(graph, prepared, Backends.named(backend), Precision.F32);
            Fixtures.assertClose(backend + " logits of " + config, inferred, single, 1e-3);
        }
        float[] logits = inferred.toFloats();
        assertTrue(Math.abs(logits[0] - logits[7]) > 1e-4, "the two images of the batch differ");
    }

    private static Tensor run(Graph graph, WeightSource weights) {
        return run(graph, weights, new Nd4jBackend(), Precision.F64);
    }

    private static Tensor run(Graph graph, WeightSource weights, Backend backend, Precision precision) {
        Shape shape = graph.inputs().get(ClassifierConfig.PIXELS).shape();
        Tensor pixels = Initializers.truncatedNormal(1).create("pixels", shape, 11);
        try (Program program = backend.compile(graph, weights, precision)) {
            return program.run(Map.of(ClassifierConfig.PIXELS, pixels)).get(ClassifierConfig.LOGITS);
        }
    }

    /** Pooling by attention weighs the patches of each image; registers have no part in it. */
    @Test
    void attentionPoolingTellsWhatItReads() {
        ViTConfig config = variants()
                .filter(c -> c.head().pooling() == Head.Pooling.ATTENTION)
                .findFirst()
                .orElseThrow();
        Graph graph = config.inferenceGraph(1, Set.of(Extra.ATTENTIONS));
        WeightSource weights = config.inferenceParameters(config.randomParameters(1), config);
        Tensor pixels = Initializers.truncatedNormal(1).create("pixels", Shape.of(1, 3, 32, 48), 11);
        try (Program program = Backends.automatic().compile(graph, weights, Precision.F32)) {
            double[] shares = config.poolingWeights(program.run(Map.of(ClassifierConfig.PIXELS, pixels)));
            assertEquals(2 + 6, shares.length);
            assertEquals(0, shares[0] + shares[1]);
            assertEquals(1, Arrays.stream(shares).sum(), 1e-5);
        }
    }

    /** Biases by offset need nothing learned for another image size. */
    @Test
    void relativePositionsTakeAnyImageSize() {
        ViTConfig config = variants()
                .filter(c -> c.encoder().tokens().positioned() == Positioned.NONE)
                .findFirst()
                .orElseThrow();
        ViTConfig larger = config.withImage(64, 48);
        Parameters weights = config.randomParameters(1);
        Tensor pixels = Initializers.truncatedNormal(1).create("pixels", Shape.of(1, 3, 64, 48), 11);
        Graph learned = larger.graph(Scope.of(new Graph()), 1, Set.of());
        Graph prepared = larger.inferenceGraph(1, Set.of());
        try (Program slow =
                        new Nd4jBackend().compile(learned, config.learnedParameters(weights, larger), Precision.F32);
                Program fast = Backends.automatic()
                        .compile(prepared, config.inferenceParameters(weights, larger), Precision.F32)) {
            Map<String, Tensor> inputs = Map.of(ClassifierConfig.PIXELS, pixels);
            Fixtures.assertClose(
                    "logits",
                    slow.run(inputs).get(ClassifierConfig.LOGITS),
                    fast.run(inputs).get(ClassifierConfig.LOGITS),
                    1e-4);
        }
    }

    @Test
    void inferenceGraphNormalizesOnlyWhatTheClassifierReads() {
        Graph graph = ViTPresets.tiny(16, 224).inferenceGraph(1, Set.of());
        Shape last = graph.nodes().stream()
                .filter(node -> node.scope().equals("norm"))
                .map(node -> node.outputs().get(0).shape())
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals(192, last.size(), last.toString());
    }

    @Test
    void graphDumpNamesThePartsOfTheModel() {
        String dump = ViTPresets.tiny(16, 224).inferenceGraph(1, Set.of()).dump();
        for (String part :
                List.of("# patches", "# blocks.0.attention", "# blocks.11.feed_forward", "# norm", "# head")) {
            assertTrue(dump.contains(part + "\n"), part);
        }
        assertTrue(dump.contains("output logits"));
    }

    @Test
    void randomParametersDependOnTheSeedAlone() {
        ViTConfig config = variants().findFirst().orElseThrow();
        float[] once = config.randomParameters(1).floats("head.weight");
        float[] again = config.randomParameters(1).floats("head.weight");
        float[] other = config.randomParameters(2).floats("head.weight");
        assertEquals(Arrays.toString(once), Arrays.toString(again));
        assertFalse(Arrays.equals(once, other));
        assertEquals(config.parameterCount(), config.randomParameters(1).count());
    }

    @Test
    void parameterNamesAreStable() {
        ViTConfig registers = variants().reduce((a, b) -> b).orElseThrow();
        Map<String, Shape> shapes = registers.parameterShapes();
        assertEquals(
                List.of("patches.weight", "patches.bias", "class_token", "registers", "positions"),
                shapes.keySet().stream().limit(5).toList());
        assertEquals(Shape.of(1, 1 + 6, 48), shapes.get("positions"));
        assertEquals(Shape.of(2 * 128, 48), shapes.get("blocks.1.feed_forward.in.weight"));
        assertEquals(Shape.of(144, 48), shapes.get("blocks.0.attention.qkv.weight"));
        assertEquals(Shape.of(7, 96), shapes.get("head.weight"));
        assertEquals(5 + 2 * 14 + 4, shapes.size());
    }
}
