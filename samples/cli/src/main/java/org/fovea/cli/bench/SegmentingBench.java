package org.fovea.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.Mode;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.hub.Presets;
import org.fovea.segmentation.hub.PretrainedSegmenter;
import org.fovea.segmentation.hub.SegmenterFamilies;
import org.fovea.segmentation.model.SegmenterModel;

/**
 * Measures a segmenter, from pixels to the logits of its grid.
 *
 * @param segmenter segmenter, closed with this object
 * @param model model for the size of the images
 */
record SegmentingBench(
        String name, PretrainedSegmenter segmenter, SegmenterModel model, Backend backend, double seconds)
        implements Bench {
    private static final long SEED = 1;
    private static final double GIGA = 1e9;

    /**
     * Benchmark of a preset or a checkpoint folder; empty if the name is neither.
     *
     * @throws IllegalArgumentException when the model does not support the image size
     */
    static Optional<Bench> of(String name, Integer imageSize, Backend backend, double seconds) {
        if (!Presets.has(name) && !SegmenterFamilies.ALL.canRead(Path.of(name))) {
            return Optional.empty();
        }
        PretrainedSegmenter segmenter =
                Presets.has(name) ? Presets.named(name, SEED) : PretrainedSegmenter.open(Path.of(name));
        SegmenterModel own = segmenter.spec().model();
        SegmenterModel model = imageSize == null ? own : own.withImage(imageSize, imageSize);
        return Optional.of(new SegmentingBench(name, segmenter, model, backend, seconds));
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "%s at %d x %d, %.2f GFLOP an image, on %s",
                name,
                model.imageHeight(),
                model.imageWidth(),
                Flops.of(graph(1)) / GIGA,
                backend.name());
    }

    private Graph graph(int batch) {
        return model.graph(Mode.INFERENCE, batch, false);
    }

    @Override
    public String heading() {
        return Measurement.HEADING;
    }

    @Override
    public List<Line> measure(int batch, Precision precision) {
        Graph graph = graph(batch);
        WeightSource weights = model.inferenceParameters(segmenter.parameters());
        Tensor pixels = NoiseImages.of(SEED, batch, model.channels(), model.imageHeight(), model.imageWidth());
        Map<String, Tensor> inputs = Map.of(SegmenterModel.PIXELS, pixels);
        return List.of(Measurement.of(backend, graph, weights, inputs, batch, precision, seconds));
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
