package org.fovea.segmentation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.hub.SegmenterWriter;
import org.fovea.segmentation.instance.Watershed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionSegFormerTest {
    private static final int HEIGHT = 16;
    private static final int WIDTH = 24;

    private static AttentionSegFormer model(FeatureAttention attention) {
        return new AttentionSegFormer(new AttentionEncoder(List.of(8, 16), 2, attention), 2, true);
    }

    private static Tensor pixels() {
        SplittableRandom random = new SplittableRandom(4);
        float[] out = new float[3 * HEIGHT * WIDTH];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble();
        }
        return Tensor.of(out, 1, 3, HEIGHT, WIDTH);
    }

    private static Map<String, Tensor> run(Backend backend, Precision precision, Graph graph, Parameters weights) {
        try (Program program = backend.compile(graph, weights, precision)) {
            return program.run(Map.of(PixelNetwork.PIXELS, pixels()));
        }
    }

    /** Both backends give the same scores, one for each pixel of an image that is no square. */
    @ParameterizedTest
    @EnumSource(FeatureAttention.class)
    void backendsAgree(FeatureAttention attention) {
        AttentionSegFormer model = model(attention);
        Graph graph = model.graph(1, HEIGHT, WIDTH);
        Parameters weights = model.initial(1);
        Map<String, Tensor> expected = run(new Nd4jBackend(), Precision.F64, graph, weights);
        Map<String, Tensor> actual = run(OneDnnBackend.create(), Precision.F32, graph, weights);
        assertEquals(
                Shape.of(1, 2, HEIGHT, WIDTH), actual.get(PixelNetwork.LOGITS).shape());
        assertEquals(
                Shape.of(1, 1, HEIGHT, WIDTH), actual.get(PixelNetwork.DISTANCE).shape());
        expected.forEach((name, value) -> Tensors.assertClose(name, value, actual.get(name), 1e-4));
    }

    /** Every learned weight changes the scores, in one of the blocks at least: a ReLU may let nothing through in another. */
    @ParameterizedTest
    @EnumSource(FeatureAttention.class)
    void everyWeightLearns(FeatureAttention attention) {
        AttentionSegFormer model = model(attention);
        Parameters initial = model.initial(1);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        initial.names().forEach(name -> weights.put(name, initial.tensor(name)));
        weights.replaceAll((name, value) -> name.endsWith("places.scale") || name.endsWith("channels.scale")
                ? Tensor.of(new float[] {0.5f}, 1)
                : value);
        Graph graph = new Graph();
        Value in = graph.input(PixelNetwork.PIXELS, 1, 3, HEIGHT, WIDTH);
        Value scores = model.build(Scope.training(graph, DropRates.none()), in).all();
        Value loss =
                scores.multiply(scores).reshape((int) scores.shape().size()).sum(false, 0);
        Map<String, Value> learned = new LinkedHashMap<>(graph.parameters());
        learned.keySet().removeIf(AttentionSegFormerTest::isStill);
        Map<Value, Value> gradients = Gradients.of(graph, loss, learned.values());
        learned.forEach((name, value) -> graph.output(name, gradients.get(value)));
        Map<String, Double> largest = new TreeMap<>(); // of the weights of one name in all stages and blocks
        run(new Nd4jBackend(), Precision.F64, graph, Parameters.of(weights)).forEach((name, gradient) -> {
            for (double each : gradient.toDoubles()) {
                largest.merge(name.replaceAll("\\d+", "*"), Math.abs(each), Math::max);
            }
        });
        largest.forEach((name, gradient) -> assertTrue(gradient > 1e-9, name + " has no gradient: " + gradient));
    }

    /** Running averages, and biases that a softmax over keys or a norm takes away. */
    private static boolean isStill(String name) {
        return name.contains("running_")
                || name.endsWith("key.bias")
                || name.startsWith("head.projections") && name.endsWith("bias");
    }

    /** The weights of every mechanism have the axes that their layout tells. */
    @ParameterizedTest
    @EnumSource(FeatureAttention.class)
    void attentionHasItsLayout(FeatureAttention attention) {
        AttentionSegFormer network = model(attention);
        PixelSegmenter model = new PixelSegmenter(network, HEIGHT, WIDTH);
        Map<String, Tensor> out =
                run(OneDnnBackend.create(), Precision.F32, model.graph(Mode.INFERENCE, 1, true), network.initial(1));
        List<AttentionLayout> layouts = model.attentions();
        int expected =
                switch (attention) {
                    case NONE -> 0;
                    case SE, ECA, AXIAL -> 4;
                    case CBAM -> 8;
                    case DUAL, WINDOW -> 2;
                };
        assertEquals(expected, layouts.size());
        for (int i = 0; i < layouts.size(); i++) {
            AttentionLayout layout = layouts.get(i);
            Shape shape = out.get("attentions." + i).shape();
            int axis = layout.kind() == AttentionLayout.Kind.PLACES ? 2 : 1;
            assertEquals(layout.queries().places(), shape.dim(axis), layout.name());
            if (axis == 2) {
                assertEquals(layout.keys().places(), shape.dim(3), layout.name());
            }
        }
        assertTrue(out.get("attentions." + layouts.size()) == null);
    }

    /** A saved model is read back with its weights. */
    @Test
    void savedModelIsTheModel(@TempDir Path folder) throws IOException {
        AttentionSegFormer network = model(FeatureAttention.WINDOW);
        Watershed rules = new Watershed(0.5, 0.2, 1, 0);
        SegmenterWriter.save(folder, network, network.initial(3), List.of("background", "thing"), rules, HEIGHT);
        try (ImageSegmenter segmenter = ImageSegmenter.load(folder)) {
            assertEquals(new PixelSegmenter(network, HEIGHT, HEIGHT), segmenter.model());
            byte[] rgb = new byte[3 * HEIGHT * HEIGHT];
            new SplittableRandom(2).nextBytes(rgb);
            RgbImage image = RgbImage.of(HEIGHT, HEIGHT, rgb);
            Tensor logits = segmenter.logits(segmenter.processor().prepare(image));
            try (PixelPredictor predictor =
                    new PixelPredictor(network, OneDnnBackend.create(), network.initial(3), Precision.F32)) {
                float[] foreground = predictor.predict(image).foreground();
                float[] scores = logits.toFloats();
                for (int i = 0; i < foreground.length; i++) {
                    double logit = scores[foreground.length + i] - scores[i];
                    assertEquals(foreground[i], 1 / (1 + Math.exp(-logit)), 1e-5);
                }
            }
        }
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"transformer\"", "\"mixer\""));
        String text = assertThrows(ModelFormatException.class, () -> ImageSegmenter.load(folder))
                .getMessage();
        assertTrue(text.contains("encoder") && text.contains("must be \"transformer\""), text);
    }

    @Test
    void wrongSizesAreRefused() {
        AttentionSegFormer model = model(FeatureAttention.NONE);
        assertEquals(8, model.stride());
        String text = assertThrows(IllegalArgumentException.class, () -> model.graph(1, 16, 20))
                .getMessage();
        assertTrue(text.contains("height and width must be multiples of 8, got 16 x 20"), text);
        assertThrows(IllegalArgumentException.class, () -> new AttentionEncoder(List.of(), 1, FeatureAttention.NONE));
        assertThrows(IllegalArgumentException.class, () -> new AttentionEncoder(List.of(8), 0, FeatureAttention.NONE));
    }
}
