package org.fovea.segmentation.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.PixelNetwork;
import org.fovea.segmentation.train.SegmentationObjective.Inputs;

/**
 * Segmentation learned from crops.
 *
 * @param height rows of a crop
 * @param width columns of a crop
 * @param batch crops in a batch
 * @param start initial values of all weights; empty for random ones
 * @param evaluation evaluation after each epoch
 * @param seed seed of random initial values
 */
public record SegmentationTask(
        PixelNetwork model,
        int height,
        int width,
        int batch,
        SegmentationObjective objective,
        Optional<Parameters> start,
        SegmentationEvaluation evaluation,
        long seed)
        implements Task<SegmentationBatch> {
    private static final String TARGETS = "targets";
    private static final String IMPORTANCE = "importance";
    private static final String DEPTH = "depth";

    @Override
    public Value loss() {
        Graph graph = new Graph();
        Value pixels = graph.input(PixelNetwork.PIXELS, batch, 3, height, width);
        PixelNetwork.Maps maps = model.build(Scope.training(graph, DropRates.none()), pixels);
        graph.scope("loss");
        Value targets = graph.input(TARGETS, batch, model.classes(), height, width);
        Value importance = graph.input(IMPORTANCE, batch, model.classes(), height, width);
        Value depth = graph.input(DEPTH, batch, 1, height, width);
        return objective.loss(maps.logits(), maps.distance(), new Inputs(targets, importance, depth));
    }

    @Override
    public WeightSource initialParameters() {
        return start.orElseGet(() -> model.initial(seed));
    }

    @Override
    public Map<String, Tensor> inputs(SegmentationBatch crops, Step step) {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(PixelNetwork.PIXELS, crops.pixels());
        inputs.put(TARGETS, crops.targets());
        inputs.put(IMPORTANCE, crops.importance());
        inputs.put(DEPTH, crops.distance());
        return inputs;
    }

    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        return evaluation.score(model, weights, backend, precision);
    }
}
