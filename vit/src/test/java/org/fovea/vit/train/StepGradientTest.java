package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.tensor.HalfFloats;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.TrainingGraph;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.BeitConfig;
import org.fovea.vit.model.BeitEncoder;
import org.fovea.vit.model.BeitPresets;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.CompactEncoder;
import org.fovea.vit.model.StraightenedConfig;
import org.fovea.vit.model.ViTConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole models as they are trained, from pixels and targets to each weight. */
class StepGradientTest {
    /** Of the weights, in double precision: rounding, curvature and the corners of ReLU are all below the tolerance. */
    private static final double STEP = 1e-6;

    private static final double DIFFERENCE_TOLERANCE = 1e-7;
    /** Of the norm of a weight's gradient; the worst is a sum that cancels, the pooling's. */
    private static final double F32_TOLERANCE = 1e-4;
    /** Times what rounding pixels and weights to bfloat16 does to the gradient in double precision. */
    private static final double BF16_ROUNDINGS = 4;
    /** A gradient below this share of all gradients together is measured against that share. */
    private static final double FLOOR = 1e-3;

    static List<TrainingStep> models() {
        CctConfig cct = new CctConfig(new CompactEncoder(16, 16, 3, new ConvTokenizer(3, 1, 2, 16), 32, 2, 2, 48), 10);
        ViTConfig vit = ViTConfig.builder()
                .image(16, 24)
                .channels(3)
                .patch(4)
                .size(32, 2, 2)
                .feedForward(new Mlp(48, Activation.GELU))
                .layerScale(true)
                .normEpsilon(1e-6)
                .classes(10)
                .build();
        DropRates drops = new DropRates(0.1, 0.1, 0.3);
        BeitConfig beit = new BeitConfig(
                new BeitEncoder(
                        vit.toBuilder()
                                .tokens(BeitPresets.tokens(false, PositionResize.BICUBIC))
                                .encoder(),
                        0.1,
                        true,
                        true,
                        BeitEncoder.Resize.BILINEAR),
                BeitPresets.meanPooling(),
                10);
        return List.of(
                step(beit, DropRates.none(), false),
                step(cct, DropRates.none(), false),
                step(vit, DropRates.none(), false),
                step(new StraightenedConfig(SpatialFront.AFFINE, vit), DropRates.none(), false),
                step(new StraightenedConfig(SpatialFront.THIN_PLATE, vit), DropRates.none(), false),
                step(cct, drops, false),
                step(vit, drops, true));
    }

    private static TrainingStep step(ClassifierConfig config, DropRates rates, boolean checkpointing) {
        return new TrainingStep(config, TrainableClassifier.fromScratch(config, rates, 1), 2, checkpointing);
    }

    /** Along a random direction in each weight: (L(w + h·d) - L(w - h·d)) / 2h = ∇L·d. */
    @ParameterizedTest
    @MethodSource("models")
    void lossGradientAgreesWithCentralDifferences(TrainingStep step) {
        Map<String, Tensor> inputs = step.inputs(2);
        Random random = new Random(3);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        step.weights(1)
                .names()
                .forEach(name -> weights.put(name, step.weights(1).tensor(name)));
        assertTrue(weights.size() > 25, weights.keySet().toString());
        Map<String, Tensor> results = run(step, new Nd4jBackend(), Precision.F64, step.weights(1), inputs);
        weights.forEach((name, weight) -> {
            double[] direction = TrainingStep.normal(random, 1, weight.shape()).toDoubles();
            double[] gradient = results.get("d " + name).toDoubles();
            double slope = 0;
            for (int i = 0; i < direction.length; i++) {
                slope += gradient[i] * direction[i];
            }
            double up = lossAt(step, inputs, weights, name, direction, STEP);
            double down = lossAt(step, inputs, weights, name, direction, -STEP);
            double difference = (up - down) / (2 * STEP);
            double error = Math.abs(slope - difference) / Math.max(1, Math.abs(difference));
            assertTrue(
                    error <= DIFFERENCE_TOLERANCE,
                    name + ": gradient " + slope + ", central difference " + difference + ", error " + error);
        });
    }

    private static double lossAt(
            TrainingStep step,
            Map<String, Tensor> inputs,
            Map<String, Tensor> weights,
            String name,
            double[] direction,
            double length) {
        double[] moved = weights.get(name).toDoubles();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += length * direction[i];
        }
        Map<String, Tensor> all = new HashMap<>(weights);
        all.put(name, Tensor.of(moved, weights.get(name).shape().toArray()));
        return step.loss(new Nd4jBackend(), Precision.F64, Parameters.of(all), inputs);
    }

    @ParameterizedTest
    @MethodSource("models")
    void oneDnnAgreesWithDoublePrecision(TrainingStep step) {
        Map<String, Tensor> inputs = step.inputs(2);
        Map<String, Tensor> exact = run(step, new Nd4jBackend(), Precision.F64, step.weights(1), inputs);
        Map<String, Tensor> actual = run(step, OneDnnBackend.create(), Precision.F32, step.weights(1), inputs);
        for (String name : step.weights(1).names()) {
            double error = error(name, exact, actual);
            assertTrue(
                    error <= F32_TOLERANCE,
                    "the gradient of " + name + " is off by " + error + " of its norm, allowed " + F32_TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void oneDnnInBf16IsAsGoodAsItsNumbers(TrainingStep step) {
        Backend backend = OneDnnBackend.create();
        assumeTrue(backend.supports(Precision.BF16), "the processor computes in BF16");
        Map<String, Tensor> inputs = step.inputs(2);
        Map<String, Tensor> exact = run(step, new Nd4jBackend(), Precision.F64, step.weights(1), inputs);
        Map<String, Tensor> actual = run(step, backend, Precision.BF16, step.weights(1), inputs);
        Map<String, Tensor> roundedInputs = new HashMap<>(inputs);
        roundedInputs.computeIfPresent(ClassifierConfig.PIXELS, (name, t) -> rounded(t));
        Map<String, Tensor> roundedWeights = new HashMap<>();
        step.weights(1)
                .names()
                .forEach(
                        name -> roundedWeights.put(name, rounded(step.weights(1).tensor(name))));
        Map<String, Tensor> rounded =
                run(step, new Nd4jBackend(), Precision.F64, Parameters.of(roundedWeights), roundedInputs);
        for (String name : step.weights(1).names()) {
            double error = error(name, exact, actual);
            double allowed = BF16_ROUNDINGS * error(name, exact, rounded) + F32_TOLERANCE;
            assertTrue(
                    error <= allowed,
                    "the gradient of " + name + " is off by " + error + " of its norm, allowed " + allowed);
        }
    }

    private static Map<String, Tensor> run(
            TrainingStep step, Backend backend, Precision precision, Parameters weights, Map<String, Tensor> inputs) {
        try (Program program = step.compile(backend, precision, weights)) {
            return program.run(inputs);
        }
    }

    /** ‖actual - exact‖ / ‖exact‖ of a weight's gradient. */
    private static double error(String name, Map<String, Tensor> exact, Map<String, Tensor> actual) {
        double[] e = exact.get("d " + name).toDoubles();
        double[] a = actual.get("d " + name).toDoubles();
        double least = FLOOR * exact.get(TrainingGraph.GRADIENT_NORM).toDoubles()[0];
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < e.length; i++) {
            difference += (a[i] - e[i]) * (a[i] - e[i]);
            norm += e[i] * e[i];
        }
        return Math.sqrt(difference) / Math.max(least, Math.sqrt(norm));
    }

    /** To bfloat16 and back. */
    private static Tensor rounded(Tensor tensor) {
        float[] out = tensor.toFloats();
        for (int i = 0; i < out.length; i++) {
            out[i] = HalfFloats.fromBfloat16(HalfFloats.toBfloat16(out[i]));
        }
        return Tensor.of(out, tensor.shape().toArray());
    }
}
