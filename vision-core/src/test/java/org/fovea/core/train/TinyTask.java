package org.fovea.core.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.ShapeImages;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/**
 * A convolution, a norm, dropout and a head on 12x12 pixels in four classes.
 *
 * @param validation scored after each epoch
 * @param judge the metric that tells the best epoch
 */
record TinyTask(ShapeImages validation, String judge, double smoothing) implements Task<ClassificationBatch> {
    static final int SIDE = 12;
    static final int BATCH = 4;

    private static Graph graph(boolean training) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph);
        Value pixels = graph.input("pixels", BATCH, 1, SIDE, SIDE);
        Value patches = pixels.conv2d(scope.parameter("conv.weight", 8, 1, 4, 4), ConvWindow.of(4, 0)); // [B, 8, 3, 3]
        Value x = patches.relu().reshape(BATCH, 72);
        x = new LayerNormLayer(1e-5).build(scope.child("norm"), x);
        if (training) {
            x = graph.apply(new Dropout(0.1, 1), x, graph.indexInput("dropout_seed", 1));
        }
        graph.output("logits", new LinearLayer(4, true).build(scope.child("head"), x));
        return graph;
    }

    @Override
    public Value loss() {
        Graph graph = graph(true);
        return Losses.crossEntropy(graph.outputs().get("logits"), graph.input("targets", BATCH, 4), smoothing);
    }

    @Override
    public Map<String, Tensor> inputs(ClassificationBatch batch, Step step) {
        return Map.of("pixels", batch.pixels(), "targets", batch.targets());
    }

    @Override
    public WeightSource initialParameters() {
        Parameters.Builder out = Parameters.builder();
        graph(true)
                .parameters()
                .forEach((name, value) -> out.initial(
                        name,
                        value.shape(),
                        name.endsWith("scale")
                                ? Initializers.ones()
                                : name.endsWith("bias") || name.endsWith("shift")
                                        ? Initializers.zeros()
                                        : Initializers.truncatedNormal(0.1),
                        5));
        return out.build();
    }

    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        ClassificationScores scores = new ClassificationScores(4);
        try (Program program = backend.compile(graph(false), weights, precision);
                BatchIterator<ClassificationBatch> batches = validation.batches(0, 0)) {
            while (batches.hasNext()) {
                ClassificationBatch batch = batches.next();
                Tensor full = Tensor.zeros(DType.F32, Shape.of(BATCH, 1, SIDE, SIDE));
                full.buffer().put(batch.pixels().buffer());
                float[] logits =
                        program.run(Map.of("pixels", full)).get("logits").toFloats();
                for (int i = 0; i < batch.count(); i++) {
                    scores.add(Arrays.copyOfRange(logits, 4 * i, 4 * i + 4), batch.labels()[i]);
                }
            }
        }
        return new Metrics(
                List.of(
                        Metric.lower("loss", scores.meanLoss()),
                        Metric.higher("top1", scores.topAccuracy(1)),
                        Metric.higher("images", scores.images())),
                judge);
    }
}
