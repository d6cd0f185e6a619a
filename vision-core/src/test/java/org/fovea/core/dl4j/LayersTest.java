package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Duties of every layer, between DeepLearning4j's own layers. */
class LayersTest {
    private DataType before;

    static List<Zoo> layers() {
        return Zoo.all();
    }

    static List<Zoo> sequences() {
        return Zoo.sequences();
    }

    @BeforeEach
    void inDouble() {
        before = Nd4j.dataType();
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE); // GradientCheckUtil asks for it
    }

    @AfterEach
    void asItWas() {
        Nd4j.setDefaultDataTypes(before, before);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsPassDeepLearning4jsOwnCheck(Zoo zoo) {
        check(zoo, null);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void gradientsPassWithAMask(Zoo zoo) {
        check(zoo, Zoo.mask(DataType.DOUBLE));
    }

    /** Of the layers around only the biases are checked: that of the layer before shows the derivative by the input. */
    private static void check(Zoo zoo, INDArray mask) {
        GradientCheckUtil.MLNConfig check = new GradientCheckUtil.MLNConfig()
                .net(zoo.network(DataType.DOUBLE))
                .input(zoo.input(DataType.DOUBLE))
                .inputMask(mask)
                .labels(Zoo.labels(DataType.DOUBLE))
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                .excludeParams(Set.of("0_W", "0_RW", "3_W"));
        assertTrue(GradientCheckUtil.checkGradients(check), zoo.name());
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void stepsThatAMaskHidesAreNotReadAndYieldZeros(Zoo zoo) {
        MultiLayerNetwork network = zoo.network(DataType.DOUBLE);
        INDArray mask = Zoo.mask(DataType.DOUBLE);
        EngineLayer layer = (EngineLayer) network.getLayer(1);
        INDArray input = Nd4j.randn(DataType.DOUBLE, Zoo.BATCH, Zoo.CHANNELS, Zoo.STEPS);
        INDArray there = mask.reshape(Zoo.BATCH, 1, Zoo.STEPS).broadcast(input.shape());
        layer.setMaskArray(mask);
        INDArray first = Zoo.activate(layer, input);
        INDArray second = Zoo.activate(layer, input.add(there.rsub(1).mul(7)));
        Tensors.assertClose(Nd4jTensors.toTensor(first), Nd4jTensors.toTensor(second), 1e-12);
        layer.setMaskArray(null);
        INDArray unmasked = Zoo.activate(layer, input);
        assertTrue(first.sub(unmasked).amaxNumber().doubleValue() > 1e-3, "the mask changes nothing");
        for (int b = 0; b < Zoo.BATCH; b++) {
            for (int t = 0; t < Zoo.STEPS; t++) {
                boolean zero = first.tensorAlongDimension(b * Zoo.STEPS + t, 1)
                                .amaxNumber()
                                .doubleValue()
                        == 0;
                assertEquals(mask.getDouble(b, t) == 0, zero, "example " + b + ", step " + t);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void configurationsSurviveJson(Zoo zoo) {
        MultiLayerConfiguration configuration = zoo.configuration(DataType.FLOAT);
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
        assertEquals(configuration.getConf(1).getLayer(), read.getConf(1).getLayer());
        assertEquals(configuration, read);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void savedNetworksGiveTheSameOutputs(Zoo zoo, @TempDir Path folder) throws IOException {
        MultiLayerNetwork network = zoo.network(DataType.FLOAT);
        INDArray input = zoo.input(DataType.FLOAT);
        Path file = folder.resolve("network.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        assertEquals(network.output(input), read.output(input));
    }

    /** Twice, since the second run uses the programs of the first with other parameters. */
    @ParameterizedTest
    @MethodSource("layers")
    void bothBackendsAgree(Zoo zoo) {
        MultiLayerNetwork singles = zoo.network(DataType.FLOAT);
        MultiLayerNetwork doubles = new MultiLayerNetwork(zoo.configuration(DataType.DOUBLE));
        doubles.init(singles.params().castTo(DataType.DOUBLE), true);
        assertAgreement(zoo, doubles, singles);
        singles.params().muli(0.8);
        doubles.setParams(singles.params().castTo(DataType.DOUBLE));
        assertAgreement(zoo, doubles, singles);
    }

    private static void assertAgreement(Zoo zoo, MultiLayerNetwork doubles, MultiLayerNetwork singles) {
        INDArray input = zoo.input(DataType.FLOAT);
        INDArray wide = input.castTo(DataType.DOUBLE);
        assertClose(doubles.output(wide), singles.output(input), 1e-5);
        singles.setInput(input);
        singles.setLabels(Zoo.labels(DataType.FLOAT));
        singles.computeGradientAndScore();
        doubles.setInput(wide);
        doubles.setLabels(Zoo.labels(DataType.DOUBLE));
        doubles.computeGradientAndScore();
        assertClose(doubles.gradient().gradient(), singles.gradient().gradient(), 1e-4);
    }

    private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
        double largest = expected.amaxNumber().doubleValue();
        Tensors.assertClose(
                Nd4jTensors.toTensor(expected),
                Nd4jTensors.toTensor(actual.castTo(DataType.DOUBLE)),
                tolerance * largest);
    }
}
