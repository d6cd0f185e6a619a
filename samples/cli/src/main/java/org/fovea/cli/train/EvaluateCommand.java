package org.fovea.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.model.PrecisionOption;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.ResultFormat;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.train.task.EvaluationRequest;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.io.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea evaluate}. */
@Command(
        name = "evaluate",
        description = "Says how good a model is on images with the right answers.",
        modelTransformer = TrainTasks.DataHelp.class,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea evaluate -m run1 -d photos",
            "  fovea evaluate -m cifar10 -d cifar10.zip --split test --format json",
            "  fovea evaluate -m run1 -d photos --report report   confusion matrix and worst mistakes as pictures",
            "  fovea evaluate -m run4 -d photos.jsonl             BLEU, ROUGE-L and CIDEr of a captioner",
            "  fovea evaluate -m run6 -d questions.jsonl          accuracy of an answerer, by type of question"
        })
public final class EvaluateCommand implements Callable<Integer> {
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
            names = "--task",
            paramLabel = "NAME",
            completionCandidates = TrainTasks.Names.class,
            description = "Task of the model, one of ${COMPLETION-CANDIDATES}; by default what its config.json says.")
    private String task;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Which part of the data; by default test, else val, else the only one.")
    private String split;

    @Option(
            names = {"-b", "--batch"},
            paramLabel = "N",
            description = "Images at once; by default 64 for classify, fewer for larger results.")
    private Integer batch;

    @Mixin
    private PrecisionOption precision;

    @Mixin
    private ResultFormat format;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Writes pictures there: a classifier's confusion.png and mistakes.png, a captioner's samples, an"
                            + " answerer's mistakes.")
    private Path report;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        engine.check();
        if (batch != null && batch < 1) {
            throw usage("--batch must be at least 1, got " + batch);
        }
        Path folder = ModelFolder.of(model);
        evaluate(task(folder), folder);
        return ExitCode.DONE;
    }

    private TrainTask<?> task(Path folder) {
        try {
            return task == null ? TrainTasks.of(folder) : TrainTasks.of(task);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private <E> void evaluate(TrainTask<E> known, Path folder) throws IOException {
        E scores = known.evaluate(new EvaluationRequest(
                spec,
                folder,
                data.path(),
                Optional.ofNullable(split),
                batch == null ? known.batch() : batch,
                engine.load(),
                precision.get(),
                report != null));
        ScoreReport shown = known.report(scores);
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(JsonText.line(shown::write));
        } else {
            out.print(shown.text());
        }
        out.flush();
        if (report != null) {
            shown.draw(Files.createDirectories(report));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
