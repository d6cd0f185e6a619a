package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.fovea.core.ModelFormatException;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Extra;
import org.fovea.vit.model.MobileNetV1Config;
import org.fovea.vit.model.MobileNetV1Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MobileNetV1Test {
    private static final int HEIGHT = 37;
    private static final int WIDTH = 22;
    private static final String CONFIG = """
            {"model_type": "mobilenet_v1", "image_size": [%d, %d], "depth_multiplier": 0.25, "tf_padding": %s}""";

    @TempDir
    Path folder;

    /** Counts of the paper's table 8 in millions; of the whole network to the unit in Keras' documentation, averages included. */
    @Test
    void presetsHaveThePublishedNumberOfWeights() {
        ClassifierConfig whole = Presets.named("mobilenet_v1_1.0_224").withClasses(1000);
        assertEquals(4_253_864, whole.parameterCount());
        assertEquals(
                2.6, Presets.named("mobilenet_v1_0.75_192").withClasses(1000).parameterCount() / 1e6, 0.05);
        assertEquals(1.138, whole.flops() / 1e9, 0.03); // table 8: 569 million multiply-adds
    }

    @ParameterizedTest
    @CsvSource({"true, 26", "true, 25", "true, 13", "false, 26"})
    void mapsAreThoseOfPlainLoops(boolean same, int layers) throws IOException {
        save(layers, same, "");
        try (PretrainedEncoder pretrained = PretrainedEncoder.open(folder);
                Checkpoint checkpoint = Checkpoint.open(folder)) {
            MobileNetV1Encoder encoder = (MobileNetV1Encoder) pretrained.encoder();
            assertEquals(layers, encoder.layers());
            double[][][] image = image();
            double[][][] expected =
                    new PlainMobileNet(name -> checkpoint.tensor(name).toDoubles(), same).map(image, layers);
            Tensor plain = Tensor.of(flat(expected), 1, expected.length, expected[0].length, expected[0][0].length);
            assertTrue(Arrays.stream(plain.toDoubles()).max().orElseThrow() > 0.1, "the map must not be empty");
            for (Backend backend : List.of(OneDnnBackend.create(), new Nd4jBackend())) {
                Graph graph = new Graph();
                Value x = graph.input("x", 1, 3, HEIGHT, WIDTH);
                graph.output("map", encoder.build(Scope.of(graph), x).featureMap());
                try (Program program = backend.compile(graph, pretrained.parameters(), Precision.F32)) {
                    Tensor pixels = Tensor.of(flat(image), 1, 3, HEIGHT, WIDTH);
                    Tensors.assertClose(
                            backend.name(),
                            Map.of("map", plain),
                            program.run(Map.of("x", Tensor.of(pixels.toFloats(), 1, 3, HEIGHT, WIDTH))),
                            1e-4);
                }
            }
        }
    }

    /** Places that raise the score of the first answer share it; the score is the mean of all and the bias. */
    @Test
    void classActivationsAreSharesOfTheFirstAnswer() {
        MobileNetV1Config config = small();
        Graph graph = config.inferenceGraph(2, Set.of(Extra.ATTENTIONS, Extra.FEATURES, Extra.HIDDEN_STATES));
        var learned = config.randomParameters(3);
        try (Program program = OneDnnBackend.create().compile(graph, learned, Precision.F32)) {
            float[] pixels = new float[2 * 3 * HEIGHT * WIDTH];
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) random.nextDouble(-1, 1);
            }
            Map<String, Tensor> out =
                    program.run(Map.of(ClassifierConfig.PIXELS, Tensor.of(pixels, 2, 3, HEIGHT, WIDTH)));
            float[] logits = out.get(ClassifierConfig.LOGITS).toFloats();
            float[] features = out.get("features").toFloats();
            float[] shares = out.get("class_activations").toFloats();
            float[] head = learned.tensor("head.weight").toFloats();
            int places = config.tokenCount();
            int width = config.width();
            for (int image = 0; image < 2; image++) {
                int best = best(Arrays.copyOfRange(logits, image * 3, image * 3 + 3));
                double[] raised = new double[places];
                for (int place = 0; place < places; place++) {
                    double sum = 0;
                    for (int c = 0; c < width; c++) {
                        sum += features[(image * places + place) * width + c] * head[best * width + c];
                    }
                    raised[place] = Math.max(0, sum);
                }
                double all = Arrays.stream(raised).sum();
                for (int place = 0; place < places; place++) {
                    assertEquals(raised[place] / all, shares[image * places + place], 1e-4);
                }
            }
            assertEquals(Shape.of(2, width, 2, 1), out.get("hidden_states.25").shape());
            assertFalse(out.containsKey("hidden_states.26"));
        }
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private static MobileNetV1Config small() {
        return new MobileNetV1Config(
                MobileNetV1Encoder.standard().withMultiplier(0.25).withImage(HEIGHT, WIDTH), 3);
    }

    @Test
    void classifiersAreSavedUnderTheHubsNames() throws IOException {
        MobileNetV1Config config = small();
        Preprocessing images = new Preprocessing(
                HEIGHT, WIDTH, Preprocessing.Fit.STRETCH, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        ClassifierWriter.of(config, List.of("a", "b", "c"), images).save(folder, config.randomParameters(1));
        try (PretrainedModel again = PretrainedModel.open(folder);
                Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertEquals(config, again.config());
            assertTrue(
                    checkpoint
                            .names()
                            .containsAll(List.of(
                                    "mobilenet_v1.conv_stem.normalization.running_var",
                                    "mobilenet_v1.layer.25.convolution.weight",
                                    "classifier.bias")),
                    checkpoint.names().toString());
        }
        try (ImageClassifier classifier = ImageClassifier.load(folder)) {
            byte[] gray = new byte[3 * 50 * 40];
            new SplittableRandom(2).nextBytes(gray);
            Explanation why = classifier.explain(RgbImage.of(50, 40, gray));
            assertEquals(0, why.layers());
            assertEquals(Shape.of(2, 1), why.rollout().shape());
            assertEquals(1, Arrays.stream(why.rollout().toDoubles()).sum(), 1e-5);
        }
    }

    @Test
    void whatIsWrittenReadsBackWhereItStopsEarlier() {
        MobileNetV1Encoder encoder = MobileNetV1Encoder.standard().withLayers(22);
        Map<String, Object> keys = VisionTowers.keys(encoder).orElseThrow();
        assertEquals(
                encoder,
                VisionTowers.own(ConfigFile.of(Path.of("config.json"), keys)).encoder());
    }

    /** A hole in the middle is no end. */
    @Test
    void layersBehindAMissingOneAreNamed() throws IOException {
        save(26, true, "layer.12.");
        var e = assertThrows(ModelFormatException.class, () -> PretrainedEncoder.open(folder));
        assertTrue(e.getMessage().contains("layer.13.convolution.weight"), e.getMessage());
    }

    /** A checkpoint of some layers with random weights, without those that begin with {@code left}. */
    private void save(int layers, boolean same, String left) throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(HEIGHT, WIDTH, same));
        MobileNetV1Encoder encoder =
                MobileNetV1Encoder.standard().withMultiplier(0.25).withLayers(layers);
        Graph graph = new Graph();
        encoder.build(Scope.of(graph), graph.input("x", 1, 3, HEIGHT, WIDTH));
        SplittableRandom random = new SplittableRandom(7);
        SafetensorsWriter writer = new SafetensorsWriter();
        graph.parameters().forEach((name, value) -> {
            float[] numbers = new float[(int) value.shape().size()];
            double size = value.shape().rank() == 4
                    ? 2 / Math.sqrt(numbers.length / (double) value.shape().dim(0))
                    : 1;
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float)
                        (name.endsWith("variance") || name.endsWith("scale")
                                ? random.nextDouble(0.5, 1.5)
                                : random.nextDouble(-size, size));
            }
            String theirs = theirs(name);
            if (left.isEmpty() || !theirs.startsWith(left)) {
                writer.add(theirs, Tensor.of(numbers, value.shape().toArray()));
            }
        });
        writer.add("conv_stem.normalization.num_batches_tracked", Tensor.of(new int[] {1}, 1));
        writer.write(folder.resolve("model.safetensors"));
    }

    private static String theirs(String ours) {
        return ours.replace("stem", "conv_stem")
                .replace("layers.", "layer.")
                .replace("norm.running_variance", "normalization.running_var")
                .replace("norm.running_mean", "normalization.running_mean")
                .replace("norm.scale", "normalization.weight")
                .replace("norm.shift", "normalization.bias")
                .replaceAll("^(conv_stem|layer\\.\\d+)\\.weight$", "$1.convolution.weight");
    }

    private static double[][][] image() {
        SplittableRandom random = new SplittableRandom(11);
        double[][][] out = new double[3][HEIGHT][WIDTH];
        for (double[][] plane : out) {
            for (double[] row : plane) {
                Arrays.setAll(row, i -> (float) random.nextDouble(-1, 1));
            }
        }
        return out;
    }

    private static double[] flat(double[][][] map) {
        return Arrays.stream(map)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
