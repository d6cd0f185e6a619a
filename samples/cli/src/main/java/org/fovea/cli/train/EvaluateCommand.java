package org.fovea.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.PrecisionOption;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.core.data.DataSplits;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.train.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea evaluate}. */
@Command(
        name = "evaluate",
        description = "Says how good a classifier is on labelled images.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea evaluate -m run1 -d photos",
            "  fovea evaluate -m cifar10 -d cifar10.zip --split test --format json",
            "  fovea evaluate -m run1 -d photos --report report   confusion matrix and worst mistakes as pictures"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> USUAL_SPLITS = List.of("test", "val", "valid", "validation");

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            required = true,
            paramLabel = "DIR|NAME",
            description = "A checkpoint folder, or a model that fovea models lists.")
    private String model;

    @Mixin
    private DataOption data;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Which part of the data; by default test, else val, else the only one.")
    private String split;

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            defaultValue = "64",
            description = "Images at once (${DEFAULT-VALUE}).")
    private int batch;

    @Mixin
    private PrecisionOption precision;

    @Mixin
    private ResultFormat format;

    @Option(names = "--report", paramLabel = "DIR", description = "Draws confusion.png and mistakes.png there.")
    private Path report;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        engine.check();
        if (batch < 1) {
            throw usage("--batch must be at least 1, got " + batch);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (DataSplits splits = DataSplits.open(data.path());
                ImageClassifier classifier = load()) {
            Evaluation evaluation = Evaluation.of(classifier, splits.get(split(splits.names())));
            EvaluationReport text = new EvaluationReport(evaluation);
            if (format.isJson()) {
                out.println(text.json());
            } else {
                out.print(text.text());
            }
            if (report != null) {
                ReportFiles.evaluation(report, evaluation);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private ImageClassifier load() {
        try {
            return ImageClassifier.load(
                    ModelFolder.of(model),
                    ClassifierOptions.defaults()
                            .withBackend(engine.load())
                            .withPrecision(precision.get())
                            .withBatch(batch));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private String split(Set<String> names) {
        if (split != null) {
            return split;
        }
        if (names.size() == 1) {
            return names.iterator().next();
        }
        return USUAL_SPLITS.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> usage("--split must say which part of the data to take, one of " + names));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
