package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.CheckpointStore;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainableModel;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.train.TrainingSettings;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.VisionTransformer.Form;
import org.junit.jupiter.api.Test;

/** The model as training sees it, from pixels to the gradients of all its weights. */
class TrainingTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private static final ViTConfig SMALL = ViTConfig.builder()
            .image(8, 12)
            .channels(2)
            .patch(4)
            .size(6, 2, 2)
            .feedForward(new Mlp(10, Activation.GELU))
            .layerScale(true)
            .normEpsilon(1e-6)
            .classes(3)
            .build();

    /** Along a random direction per weight, in double precision. */
    @Test
    void lossGradientAgreesWithCentralDifferences() {
        Graph graph = VisionTransformer.graph(SMALL, 3, Form.TRAINING, Set.of());
        Value loss =
                Losses.crossEntropy(graph.outputs().get(VisionTransformer.LOGITS), graph.input("targets", 3, 3), 0.1);
        Map<String, Tensor> weights = randomWeights(graph, new Random(1));
        Map<String, Value> parameters = new LinkedHashMap<>(graph.parameters());
        Map<Value, Value> gradients = Gradients.of(graph, loss, parameters.values());
        graph.output("loss", loss);
        parameters.forEach((name, value) -> graph.output("d " + name, gradients.get(value)));
        Random random = new Random(2);
        Map<String, Tensor> inputs = Map.of(
                VisionTransformer.PIXELS,
                normal(Shape.of(3, 2, 8, 12), random),
                "targets",
                Tensor.of(new double[] {1, 0, 0, 0.3, 0.7, 0, 0, 0, 1}, 3, 3));
        Map<String, Tensor> results = run(graph, weights, inputs);
        assertEquals(36, parameters.size());
        parameters.forEach((name, value) -> {
            double[] direction = normal(value.shape(), random).toDoubles();
            double[] gradient = results.get("d " + name).toDoubles();
            double slope = 0;
            for (int i = 0; i < direction.length; i++) {
                slope += gradient[i] * direction[i];
            }
            double difference = (lossAt(graph, weights, inputs, name, direction, STEP)
                            - lossAt(graph, weights, inputs, name, direction, -STEP))
                    / (2 * STEP);
            double error = Math.abs(slope - difference) / Math.max(1, Math.abs(difference));
            assertTrue(
                    error < TOLERANCE,
                    name + ": gradient " + slope + ", central difference " + difference + ", error " + error);
        });
    }

    private static double lossAt(
            Graph graph,
            Map<String, Tensor> weights,
            Map<String, Tensor> inputs,
            String name,
            double[] direction,
            double step) {
        double[] moved = weights.get(name).toDoubles();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        Map<String, Tensor> all = new HashMap<>(weights);
        all.put(name, Tensor.of(moved, weights.get(name).shape().toArray()));
        return run(graph, all, inputs).get("loss").toDoubles()[0];
    }

    private static Map<String, Tensor> run(Graph graph, Map<String, Tensor> weights, Map<String, Tensor> inputs) {
        try (Program program = new Nd4jBackend().compile(graph, Parameters.of(weights), Precision.F64)) {
            return program.run(inputs);
        }
    }

    private static Map<String, Tensor> randomWeights(Graph graph, Random random) {
        Map<String, Tensor> out = new HashMap<>();
        graph.parameters().forEach((name, value) -> out.put(name, normal(value.shape(), random)));
        return out;
    }

    private static Tensor normal(Shape shape, Random random) {
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5 * random.nextGaussian();
        }
        return Tensor.of(values, shape.toArray());
    }

    /** 32 pictures of noise under a faint stripe, each to be learned by heart. */
    @Test
    void trainingLearnsThirtyTwoImagesByHeartInAMinute() {
        ViTConfig config = ViTConfig.builder()
                .image(8, 8)
                .channels(1)
                .patch(4)
                .size(24, 1, 3)
                .feedForward(new Mlp(48, Activation.GELU))
                .normEpsilon(1e-6)
                .classes(NoiseImages.CLASSES)
                .build();
        TrainingSettings settings =
                TrainingSettings.builder().epochs(60).clipNorm(1).seed(1).build();
        TrainingRecipe recipe = TrainingRecipe.of(settings, Optimizer.adamW(0.01), Schedule.cosine(1e-2, 5, 60));
        Trainer trainer =
                new Trainer(fastest(), new Model(config), recipe, CheckpointStore.none(), TrainingListener.NONE);
        NoiseImages images = new NoiseImages(32, 32, 8);
        TrainingResult result = assertTimeout(Duration.ofMinutes(1), () -> trainer.fit(images, images));
        assertEquals(32, result.last().images());
        assertEquals(1, result.last().topAccuracy(1), "share of the images that were learned");
    }

    private static Backend fastest() {
        Backend backend = Backends.automatic();
        Graph graph = new Graph();
        Value p = graph.parameter("p", 1);
        graph.update(p, p.affine(2, 0));
        try {
            WeightSource one = Parameters.of(Map.of("p", Tensor.zeros(DType.F32, Shape.of(1))));
            backend.compileTraining(graph, one, Precision.F32).close();
            return backend;
        } catch (UnsupportedOperationException e) {
            return new Nd4jBackend();
        }
    }

    private record Model(ViTConfig config) implements TrainableModel {
        @Override
        public Graph graph(int batch, Mode mode) {
            return VisionTransformer.graph(config, batch, Form.TRAINING, Set.of());
        }

        @Override
        public WeightSource initialParameters() {
            return VisionTransformer.randomParameters(config, 3);
        }
    }
}
