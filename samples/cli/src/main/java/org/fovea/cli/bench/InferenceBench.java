package org.fovea.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fovea.cli.model.ModelChoice;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.model.ClassifierConfig;

/** Measures a model's answers. */
record InferenceBench(ModelChoice choice, Backend backend, double seconds) implements Bench {
    private static final long SEED = 1;
    private static final double GIGA = 1e9;

    @Override
    public String name() {
        return choice.name();
    }

    @Override
    public List<Integer> usualBatches() {
        return List.of(1, 8);
    }

    @Override
    public String title() {
        ClassifierConfig c = choice.config();
        return String.format(
                Locale.ROOT,
                "%s at %d x %d, %.2f GFLOP an image, on %s",
                choice.name(),
                c.imageHeight(),
                c.imageWidth(),
                c.flops() / GIGA,
                backend.name());
    }

    @Override
    public String heading() {
        return Measurement.HEADING;
    }

    @Override
    public List<Line> measure(int batch, Precision precision) {
        Graph graph = choice.config().inferenceGraph(batch, Set.of());
        Map<String, Tensor> inputs = Map.of(ClassifierConfig.PIXELS, NoiseImages.of(choice.config(), batch, SEED));
        return List.of(Measurement.of(backend, graph, choice.inferenceWeights(), inputs, batch, precision, seconds));
    }

    @Override
    public void close() {
        choice.close();
    }
}
