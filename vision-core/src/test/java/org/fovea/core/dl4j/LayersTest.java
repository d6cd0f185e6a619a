package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every layer must do, between DeepLearning4j's own layers. */
class LayersTest {
    private DataType before;

    static List<Zoo> layers() {
        return Zoo.all();
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
    @MethodSource("layers")
    void gradientsPassWithAMask(Zoo zoo) {
        if (!zoo.image()) {
            INDArray mask = Nd4j.ones(DataType.DOUBLE, Zoo.BATCH, Zoo.STEPS);
            mask.putScalar(0, Zoo.STEPS - 1, 0);
            mask.putScalar(0, Zoo.STEPS - 2, 0);
            check(zoo, mask);
        }
    }

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
                .subset(true)
                .maxPerParam(4);
        assertTrue(GradientCheckUtil.checkGradients(check), zoo.name());
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

    @ParameterizedTest
    @MethodSource("layers")
    void bothBackendsAgree(Zoo zoo) {
        MultiLayerNetwork singles = zoo.network(DataType.FLOAT);
        MultiLayerNetwork doubles = new MultiLayerNetwork(zoo.configuration(DataType.DOUBLE));
        doubles.init(singles.params().castTo(DataType.DOUBLE), false);
        INDArray input = zoo.input(DataType.FLOAT);
        INDArray wide = input.castTo(DataType.DOUBLE);
        close(doubles.output(wide), singles.output(input), 1e-5);
        singles.setInput(input);
        singles.setLabels(Zoo.labels(DataType.FLOAT));
        singles.computeGradientAndScore();
        doubles.setInput(wide);
        doubles.setLabels(Zoo.labels(DataType.DOUBLE));
        doubles.computeGradientAndScore();
        close(doubles.gradient().gradient(), singles.gradient().gradient(), 1e-4);
    }

    private static void close(INDArray expected, INDArray actual, double tolerance) {
        double worst = expected.sub(actual.castTo(DataType.DOUBLE)).amaxNumber().doubleValue();
        double largest = expected.amaxNumber().doubleValue();
        assertTrue(worst <= tolerance * largest, "worst difference " + worst + " where the largest is " + largest);
    }
}
