package org.fovea.samples.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.ClassifierConfig;
import org.fovea.vit.VisionTransformer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea bench}. */
@Command(
        name = "bench",
        description = {
            "Measures how fast a model runs here, and how near that is to the fastest matrix product",
            "(1576 x 768 x 3072, packed weights, same precision, measured in turn with the model)."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea bench -m vit-base-patch16-224",
            "  fovea bench -m ./my-checkpoint --batch 1,8,32 --precision bf16 --format json",
            "",
            "GFLOP/s counts the matrix products done, a multiplication and an addition as two, at the median time.",
            "share is that divided by the ceiling: the median of the best products of seven moments before,",
            "between and after the runs."
        })
final class BenchCommand implements Callable<Integer> {
    private static final long SEED = 1;
    private static final double GIGA = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            required = true,
            paramLabel = "DIR|PRESET",
            description = "A checkpoint folder, or a name such as vit-base-patch16-224 for random weights.")
    private String model;

    @Option(
            names = {"-b", "--batch"},
            split = ",",
            paramLabel = "N",
            defaultValue = "1,8",
            description = "Images at once (${DEFAULT-VALUE}).")
    private List<Integer> batches;

    @Option(
            names = {"-p", "--precision"},
            split = ",",
            paramLabel = "NAME",
            converter = Precisions.class,
            completionCandidates = Precisions.class,
            description = "${COMPLETION-CANDIDATES}; by default all that the backend has.")
    private List<Precision> precisions;

    @Option(
            names = "--image-size",
            paramLabel = "PIXELS",
            description = "Side of the image; by default the model's own.")
    private Integer imageSize;

    @Option(
            names = {"-s", "--seconds"},
            paramLabel = "S",
            defaultValue = "5",
            description = "Time for each line of the result (${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format.Single format;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() {
        engine.check();
        if (!(seconds > 0 && seconds <= 3600)) {
            throw usage("--seconds must lie in (0, 3600], got " + seconds);
        }
        if (batches.stream().anyMatch(b -> b < 1)) {
            throw usage("--batch must be at least 1, got " + batches);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (ModelChoice choice = open()) {
            Backend backend = engine.load();
            List<Precision> chosen = precisions(backend);
            if (format == Format.Single.TEXT) {
                out.println(title(choice, backend));
                out.println("batch  precision  median ms   best ms   images/s   GFLOP/s   ceiling  share");
                out.flush();
            }
            List<Measurement> all = new ArrayList<>();
            for (Precision precision : chosen) {
                for (int batch : batches) {
                    all.add(measure(choice, backend, precision, batch));
                    line(out, all.get(all.size() - 1));
                }
            }
            if (format == Format.Single.JSON) {
                out.println(json(choice, backend, all));
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private ModelChoice open() {
        try {
            return ModelChoice.of(model, imageSize);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private List<Precision> precisions(Backend backend) {
        if (precisions == null) {
            return Precisions.ALL.stream().filter(backend::supports).toList();
        }
        for (Precision precision : precisions) {
            if (!backend.supports(precision)) {
                throw usage("the backend " + backend.name() + " does not compute in " + Precisions.name(precision)
                        + " on this machine");
            }
        }
        return precisions;
    }

    private static String title(ModelChoice choice, Backend backend) {
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

    private Measurement measure(ModelChoice choice, Backend backend, Precision precision, int batch) {
        Graph graph = choice.config().inferenceGraph(batch, Set.of());
        try (Program program = backend.compile(graph, choice.inferenceWeights(), precision)) {
            Map<String, Tensor> inputs = Map.of(VisionTransformer.PIXELS, pixels(choice.config(), batch));
            return Measurement.of(
                    batch,
                    precision,
                    program,
                    inputs,
                    Flops.of(graph),
                    () -> backend.productGflops(precision),
                    seconds);
        }
    }

    private static Tensor pixels(ClassifierConfig c, int batch) {
        Tensor out = Tensor.zeros(DType.F32, Shape.of(batch, c.channels(), c.imageHeight(), c.imageWidth()));
        var floats = out.buffer().asFloatBuffer();
        Random random = new Random(SEED);
        while (floats.hasRemaining()) {
            floats.put((float) random.nextGaussian());
        }
        return out;
    }

    private void line(PrintWriter out, Measurement m) {
        if (format == Format.Single.TEXT) {
            out.println(String.format(
                    Locale.ROOT,
                    "%5d  %-9s  %9.2f %9.2f  %9.1f %9.0f %9.0f  %5.2f",
                    m.batch(),
                    Precisions.name(m.precision()),
                    m.medianMillis(),
                    m.minMillis(),
                    m.imagesPerSecond(),
                    m.gflops(),
                    m.ceiling(),
                    m.ceilingShare()));
            out.flush();
        }
    }

    private static String json(ModelChoice choice, Backend backend, List<Measurement> all) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("model", choice.name());
            json.writeStringField("backend", backend.name());
            json.writeArrayFieldStart("results");
            for (Measurement m : all) {
                m.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
