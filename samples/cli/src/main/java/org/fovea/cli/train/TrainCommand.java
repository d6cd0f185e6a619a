package org.fovea.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.terminal.Screen;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.backend.Backend;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.train.TrainingRun;
import org.fovea.core.train.TrainingSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea train}. */
@Command(
        name = "train",
        description = {
            "Trains a model on images of yours, from scratch or from a checkpoint.",
            "The finished checkpoint works with every other command."
        },
        modelTransformer = TrainTasks.DataHelp.class,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea train -d photos -o run1                     photos/train/<class>/*.jpg",
            "  fovea train -d photos.zip -o run2 -m vit-base-patch16-224 --freeze-backbone",
            "  fovea train -d cifar10.zip -o run3 -r samples/recipes/cct-2-3x2-cifar10.json -p bf16",
            "  fovea train -d cifar10.zip -o run3 --resume       after it was stopped or killed",
            "  fovea train -t caption -d photos.jsonl -o run4 --set decoder=transformer",
            "  fovea train -t caption -d photos.zip -o run5 --set encoder=vit-base-patch16-224 --set encoder_rate=0",
            "  fovea train -t ask -d questions.jsonl -o run6 --set head=relation",
            "  fovea scenes scenes --count 10000 && fovea train -d scenes -o run7 -r samples/recipes/ask-scenes.json",
            "  tensorboard --logdir run3                         curves while it runs"
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainOptions options;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        engine.check();
        TrainOptions.Choice choice = options.choice();
        train(choice.task(), choice.recipe());
        return ExitCode.DONE;
    }

    private <E> void train(TrainTask<E> task, TrainingConfig recipe) throws IOException {
        TrainProgress progress = new TrainProgress(spec.commandLine().getErr(), Screen.isErr(), task, recipe);
        TrainingResult result = run(task, recipe, progress);
        progress.end();
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "%s: %s at the end, best epoch %d; report/ and model.safetensors are in it",
                options.output(),
                task.headline(result.last()),
                result.position().bestEpoch() + 1));
        out.flush();
    }

    private <E> TrainingResult run(TrainTask<E> task, TrainingConfig recipe, TrainProgress progress)
            throws IOException {
        TrainingRun run = options.run(recipe);
        try (TrainingSetup<?, E> setup = task.open(options.data(), recipe, options.dataThreads())) {
            Backend backend = engine.load();
            TrainingResult result = run.run(setup, backend, options.isResume(), progress);
            progress.broken(setup.broken());
            ReportFiles.write(run.folder(), task, task.report(setup.evaluate(run.folder(), backend)));
            return result;
        } catch (IllegalArgumentException e) {
            throw new FailureException(e.getMessage(), e); // model, data and checkpoint contradict each other
        }
    }
}
