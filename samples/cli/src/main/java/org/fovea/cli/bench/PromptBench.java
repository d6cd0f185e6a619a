package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.hub.PretrainedSam;
import org.fovea.segmentation.model.PointKind;
import org.fovea.segmentation.model.Sam;
import org.fovea.segmentation.model.SamEncoder;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Measures a SAM: the embedding of an image, and prompts of one point after it.
 *
 * @param sam segmenter, closed with this object
 */
record PromptBench(String name, PretrainedSam sam, Backend backend, double seconds) implements Bench {
    private static final long SEED = 1;
    private static final int POINTS = 2; // a point and the padding point
    private static final double GIGA = 1e9;

    /**
     * Benchmark of a preset or a checkpoint folder; empty if the name is neither.
     *
     * @throws ParameterException when another image size is given
     */
    static Optional<Bench> of(String name, Integer imageSize, Backend backend, double seconds, CommandLine line) {
        boolean preset = PretrainedSam.presets().contains(name);
        if (!preset && !PretrainedSam.canRead(Path.of(name))) {
            return Optional.empty();
        }
        if (imageSize != null) {
            throw new ParameterException(line, "--image-size does not go with a SAM, which has one size");
        }
        PretrainedSam sam = preset ? PretrainedSam.preset(name, SEED) : PretrainedSam.open(Path.of(name));
        return Optional.of(new PromptBench(name, sam, backend, seconds));
    }

    @Override
    public String title() {
        int side = sam.model().encoder().imagePixels();
        return String.format(
                Locale.ROOT,
                "%s at %d x %d, %.0f GFLOP an image, %.1f a point, on %s",
                name,
                side,
                side,
                Flops.of(sam.model().embedding()) / GIGA,
                Flops.of(masks(1)) / GIGA,
                backend.name());
    }

    @Override
    public String heading() {
        return "part       " + Measurement.HEADING;
    }

    @Override
    public List<Line> measure(int batch, Precision precision) {
        List<Line> out = new ArrayList<>();
        if (batch == 1) {
            SamEncoder e = sam.model().encoder();
            Tensor pixels = NoiseImages.of(SEED, 1, e.channels(), e.imagePixels(), e.imagePixels());
            out.add(measure(
                    "embedding",
                    batch,
                    precision,
                    sam.model().embedding(),
                    sam.parameters(),
                    Map.of(Sam.PIXELS, pixels)));
        }
        out.add(measure(
                "prompt", batch, precision, masks(batch), sam.model().prepared(sam.parameters()), prompts(batch)));
        return out;
    }

    private Line measure(
            String part,
            int batch,
            Precision precision,
            Graph graph,
            WeightSource weights,
            Map<String, Tensor> inputs) {
        return new Part(part, Measurement.of(backend, graph, weights, inputs, batch, precision, seconds));
    }

    private Graph masks(int prompts) {
        return sam.model().masks(new Sam.Form(prompts, POINTS, false, Sam.Ambiguity.SEVERAL, false));
    }

    private Map<String, Tensor> prompts(int count) {
        SamEncoder e = sam.model().encoder();
        float[] points = new float[count * POINTS * 2];
        int[] kinds = new int[count * POINTS];
        for (int i = 0; i < count; i++) {
            points[2 * POINTS * i] = (i + 0.5f) / count * e.imagePixels();
            points[2 * POINTS * i + 1] = e.imagePixels() / 2f;
            kinds[POINTS * i] = PointKind.FOREGROUND.index();
        }
        return Map.of(
                Sam.TOKENS, NoiseImages.of(SEED, 1, e.side() * e.side(), e.width()),
                Sam.POINTS, Tensor.of(points, count, POINTS, 2),
                Sam.KINDS, Tensor.of(kinds, count, POINTS));
    }

    @Override
    public void close() {
        sam.close();
    }

    /** The times of one part. */
    private record Part(String name, Measurement measured) implements Line {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "%-10s %s", name, measured.text());
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("part", name);
            measured.writeFields(json);
            json.writeEndObject();
        }
    }
}
