package org.fovea.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.ModelChoice;
import org.fovea.cli.model.Precisions;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.io.JsonText;
import org.fovea.core.train.TrainingConfig;
import org.fovea.vit.train.ClassifierKeys;
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
            "Measures how fast a model runs or trains here, and how near that is to the fastest matrix product",
            "(1576 x 768 x 3072, packed weights, same precision, measured in turn with the model).",
            "Of a captioner: the encoder, each token and all, and how near decoding is to reading memory as fast as",
            "it can be read, for a decoding step reads every weight once. Of an answerer of questions: the image, a",
            "further question about it, and both.",
            "Of a SAM: the embedding of an image, and a point after it."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea bench -m vit-base-patch16-224",
            "  fovea bench -m ./my-checkpoint --batch 1,8,32 --precision bf16 --format json",
            "  fovea bench -m blip-image-captioning-base --beams 1,3 --max-new-tokens 20",
            "  fovea bench -m vilt-b32-finetuned-vqa --words 40",
            "  fovea bench -m sam-vit-base",
            "  fovea bench -m segformer-b0 --image-size 512",
            "  fovea bench --train -m cct-2-3x2 --batch 128",
            "  fovea bench --train -m vit-tiny-6-patch4-32 --batch 64",
            "  fovea bench --train -r samples/recipes/cct-2-3x2-cifar10.json -d cifar10.zip",
            "",
            "GFLOP/s counts the matrix products done, a multiplication and an addition as two, at the median time.",
            "share is that divided by the ceiling: the median of the best products of seven moments before,",
            "between and after the runs."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final double MAX_SECONDS = 3600;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|PRESET",
            description = {
                "A checkpoint folder, or a name such as vit-base-patch16-224, blip-image-captioning-base or sam-vit-base",
                "for random weights; needed without --train,",
                "with it the recipe's model by default."
            })
    private String model;

    @Option(
            names = {"-b", "--batch"},
            split = ",",
            paramLabel = "N",
            description = "Images at once; by default 1,8, with --train the recipe's.")
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

    @Mixin
    private TrainingBenchOptions training;

    @Mixin
    private CaptioningBenchOptions captioning;

    @Mixin
    private AnsweringBenchOptions answering;

    @Mixin
    private ResultFormat format;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        try (Bench bench = open()) {
            List<Precision> chosen = precisions(bench);
            format.say(out, bench.title());
            format.say(out, bench.heading());
            List<Bench.Line> lines = new ArrayList<>();
            for (Precision precision : chosen) {
                for (int batch : batches == null ? bench.usualBatches() : batches) {
                    for (Bench.Line line : bench.measure(batch, precision)) {
                        lines.add(line);
                        format.say(out, line.text());
                    }
                }
            }
            if (format.isJson()) {
                out.println(json(bench, lines));
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void check() {
        engine.check();
        training.check();
        if (model == null && !training.isTrain()) {
            throw usage("Missing required option: '--model=DIR|PRESET'");
        }
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw usage("--seconds must lie in (0, 3600], got " + seconds);
        }
        if (batches != null && batches.stream().anyMatch(b -> b < 1)) {
            throw usage("--batch must be at least 1, got " + batches);
        }
    }

    private Bench open() throws IOException {
        if (!training.isTrain()) {
            Backend backend = engine.load();
            return answering
                    .bench(model, imageSize, captioning.tokens(), backend, seconds)
                    .or(() -> captioning.bench(model, imageSize, backend, seconds))
                    .or(() -> PromptBench.of(model, imageSize, backend, seconds, spec.commandLine()))
                    .or(() -> segmenting(backend))
                    .orElseGet(() -> new InferenceBench(choice(model, imageSize), backend, seconds));
        }
        TrainingConfig recipe = training.recipe();
        int side = recipe.get(ClassifierKeys.IMAGE_SIZE);
        Integer pixels = imageSize == null && side > 0 ? Integer.valueOf(side) : imageSize;
        ModelChoice choice = choice(model == null ? recipe.get(ClassifierKeys.MODEL) : model, pixels);
        return training.bench(choice, engine.load(), seconds, recipe);
    }

    private Optional<Bench> segmenting(Backend backend) {
        try {
            return SegmentingBench.of(model, imageSize, backend, seconds);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ModelChoice choice(String name, Integer pixels) {
        try {
            return ModelChoice.of(name, pixels);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private List<Precision> precisions(Bench bench) {
        List<Precision> known = bench.precisions();
        if (precisions == null) {
            return known;
        }
        for (Precision precision : precisions) {
            if (!known.contains(precision)) {
                throw usage("--precision must be one of "
                        + known.stream().map(Precisions::name).toList() + " for this on this machine, got "
                        + Precisions.name(precision));
            }
        }
        return precisions;
    }

    private static String json(Bench bench, List<Bench.Line> lines) {
        return JsonText.line(json -> {
            json.writeStartObject();
            bench.write(json);
            json.writeArrayFieldStart("results");
            for (Bench.Line line : lines) {
                line.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
