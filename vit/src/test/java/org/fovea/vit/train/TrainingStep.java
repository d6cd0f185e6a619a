package org.fovea.vit.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropoutContext;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingGraph;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.StraightenedConfig;

/** A classifier's whole training step, smoothed cross-entropy and all, with its gradients as outputs and rate 0. */
record TrainingStep(ClassifierConfig config, TrainableClassifier model, int batch, boolean checkpointing) {
    private static final double SMOOTHING = 0.1;

    /** The program; gradients are the outputs {@code d <parameter>}. */
    TrainingProgram compile(Backend backend, Precision precision, WeightSource weights) {
        TrainingGraph step = graph();
        step.gradients().forEach((name, value) -> step.graph().output("d " + name, value));
        return backend.compileTraining(step.graph(), step.start(weights), precision);
    }

    /** The same loss without a step. */
    double loss(Backend backend, Precision precision, WeightSource weights, Map<String, Tensor> inputs) {
        Value loss = loss();
        loss.graph().output(TrainingGraph.LOSS, loss);
        Map<String, Tensor> needed = new HashMap<>(inputs);
        needed.keySet().retainAll(loss.graph().inputs().keySet());
        try (Program program = backend.compile(loss.graph(), weights, precision)) {
            return program.run(needed).get(TrainingGraph.LOSS).toDoubles()[0];
        }
    }

    private Value loss() {
        Graph graph = model.trainingGraph(batch);
        Value targets = graph.input(ClassifierTask.TARGETS, batch, config.classes());
        return Losses.crossEntropy(graph.outputs().get(ClassifierConfig.LOGITS), targets, SMOOTHING);
    }

    private TrainingGraph graph() {
        Value loss = loss();
        TrainingPlan plan = TrainingPlan.builder(new Optimizer.Sgd(0, false, 0), Schedule.constant(0))
                .gradientCheckpointing(checkpointing)
                .build();
        return TrainingGraph.of(loss, plan);
    }

    /** Random images with targets of two classes each. */
    Map<String, Tensor> inputs(long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> out = new HashMap<>();
        Shape shape = Shape.of(batch, config.channels(), config.imageHeight(), config.imageWidth());
        boolean sampled = config instanceof StraightenedConfig;
        out.put(ClassifierConfig.PIXELS, sampled ? waves(random, shape) : normal(random, 1, shape));
        float[] targets = new float[batch * config.classes()];
        for (int i = 0; i < batch; i++) {
            targets[i * config.classes() + random.nextInt(config.classes())] += 0.75f;
            targets[i * config.classes() + random.nextInt(config.classes())] += 0.25f;
        }
        out.put(ClassifierTask.TARGETS, Tensor.of(targets, batch, config.classes()));
        out.put(TrainingGraph.RATE, Tensor.of(new double[] {0}));
        out.put(TrainingGraph.STEP, Tensor.of(new double[] {1}));
        out.put(DropoutContext.SEED, Tensor.of(new int[] {5}, 1));
        out.keySet().retainAll(graph().graph().inputs().keySet());
        return out;
    }

    /** Weights far from zero, so that every part of the model has a say, and exact in single precision. */
    Parameters weights(long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> out = new LinkedHashMap<>();
        model.trainingGraph(1).parameters().forEach((name, value) -> {
            boolean moves = name.startsWith("front.") && value.shape().rank() > 1; // places that stay within the image
            Tensor tensor = normal(random, moves ? 0.05 : 0.3, value.shape());
            if (name.endsWith("scale")) {
                float[] around = tensor.toFloats();
                for (int i = 0; i < around.length; i++) {
                    around[i] += 1;
                }
                tensor = Tensor.of(around, value.shape().toArray());
            }
            out.put(name, tensor);
        });
        return Parameters.of(out);
    }

    /** Smooth images: the slope of noise, which places are moved along, is another on each side of a pixel. */
    private static Tensor waves(Random random, Shape shape) {
        float[] out = new float[(int) shape.size()];
        int height = shape.dim(2);
        int width = shape.dim(3);
        for (int plane = 0; plane < out.length / (height * width); plane++) {
            for (int wave = 0; wave < 3; wave++) {
                double right = random.nextGaussian() / 3;
                double down = random.nextGaussian() / 3;
                double phase = random.nextDouble(2 * Math.PI);
                for (int i = 0; i < height * width; i++) {
                    out[plane * height * width + i] +=
                            (float) Math.sin(right * (i % width) + down * (i / width) + phase);
                }
            }
        }
        return Tensor.of(out, shape.toArray());
    }

    static Tensor normal(Random random, double deviation, Shape shape) {
        Tensor out = Tensor.zeros(DType.F32, shape);
        for (int i = 0; i < shape.size(); i++) {
            out.buffer().asFloatBuffer().put(i, (float) (deviation * random.nextGaussian()));
        }
        return out;
    }
}
