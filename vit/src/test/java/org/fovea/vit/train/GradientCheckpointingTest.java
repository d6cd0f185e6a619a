package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mlp;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.CompactEncoder;
import org.fovea.vit.model.ViTConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks computed again give the same gradients and take less memory. */
class GradientCheckpointingTest {
    private static final DropRates DROPS = new DropRates(0.1, 0.1, 0.3);

    static List<ClassifierConfig> deepModels() {
        return List.of(
                new CctConfig(new CompactEncoder(16, 16, 3, new ConvTokenizer(3, 1, 2, 16), 32, 8, 2, 64), 10),
                ViTConfig.builder()
                        .image(32, 32)
                        .channels(3)
                        .patch(4)
                        .size(32, 12, 2)
                        .feedForward(new Mlp(128, Activation.GELU))
                        .normEpsilon(1e-6)
                        .classes(10)
                        .build());
    }

    static Stream<Arguments> runs() {
        return deepModels().stream()
                .flatMap(config -> Stream.of(
                        Arguments.of(config, new Nd4jBackend(), Precision.F64),
                        Arguments.of(config, OneDnnBackend.create(), Precision.F32),
                        Arguments.of(config, OneDnnBackend.create(), Precision.BF16)));
    }

    private static TrainingStep step(ClassifierConfig config, int batch, boolean checkpointing) {
        return new TrainingStep(config, TrainableClassifier.fromScratch(config, DROPS, 1), batch, checkpointing);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void gradientsAreTheSameToTheBit(ClassifierConfig config, Backend backend, Precision precision) {
        assumeTrue(backend.supports(precision), "the processor computes in " + precision);
        Map<String, Tensor> kept = run(step(config, 2, false), backend, precision);
        Map<String, Tensor> again = run(step(config, 2, true), backend, precision);
        assertTrue(kept.size() > 80, kept.keySet().toString());
        kept.forEach((name, tensor) ->
                assertArrayEquals(tensor.toDoubles(), again.get(name).toDoubles(), name));
    }

    private static Map<String, Tensor> run(TrainingStep step, Backend backend, Precision precision) {
        try (TrainingProgram program = step.compile(backend, precision, step.weights(1))) {
            return program.run(step.inputs(2));
        }
    }

    @ParameterizedTest
    @MethodSource("deepModels")
    void memoryOfAStepIsLessThanHalf(ClassifierConfig config) {
        long kept = bytes(step(config, 32, false));
        long again = bytes(step(config, 32, true));
        assertTrue(again < 0.5 * kept, again + " bytes with checkpointing, " + kept + " without");
    }

    private static long bytes(TrainingStep step) {
        try (TrainingProgram program = step.compile(OneDnnBackend.create(), Precision.F32, step.weights(1))) {
            return program.runBytes().orElseThrow();
        }
    }
}
