package org.fovea.cli.train.classify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.train.task.Curves;
import org.fovea.cli.train.task.EvaluationRequest;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.data.DataSplits;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingSetup;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.train.ClassifierKeys;
import org.fovea.vit.train.ClassifierSetup;
import org.fovea.vit.train.Evaluation;

/** Classification of images. */
public final class ClassifyTask implements TrainTask<Evaluation> {
    @Override
    public String name() {
        return "classify";
    }

    @Override
    public TrainingConfig defaults() {
        return ClassifierKeys.defaults();
    }

    @Override
    public String data() {
        return "images by class, split/class/*.jpg in a folder or zip file, or a manifest (.csv, .jsonl)";
    }

    /**
     * {@inheritDoc} In a recipe, the name of a preset means the preset; on the command line, a folder of that name takes
     * precedence.
     */
    @Override
    public String model(String given) {
        return Presets.has(given) && Files.isDirectory(Path.of(given)) ? "./" + given : given;
    }

    @Override
    public TrainingSetup<?, Evaluation> open(Path data, TrainingConfig recipe, int dataThreads) throws IOException {
        String model = recipe.get(ClassifierKeys.MODEL);
        Optional<Path> source = Presets.has(model) ? Optional.empty() : ModelFolder.existing(model);
        return ClassifierSetup.open(data, source, recipe, dataThreads);
    }

    @Override
    public String headline(Metrics metrics) {
        return String.format(Locale.ROOT, "top-1 %.2f%%", 100 * metrics.value("top1"));
    }

    @Override
    public List<Curves> curves() {
        return List.of(
                new Curves("accuracy", "share of the validation images", Map.of("top-1", "top1", "top-5", "top5")));
    }

    /** {@inheritDoc} Always true: loading refuses a directory that is not a classifier, and lists the known models. */
    @Override
    public boolean reads(Path model) {
        return true;
    }

    @Override
    public Evaluation evaluate(EvaluationRequest request) {
        try (DataSplits splits = DataSplits.open(request.data());
                ImageClassifier classifier = load(request)) {
            return Evaluation.of(classifier, splits.get(request.split(splits.names())));
        }
    }

    private static ImageClassifier load(EvaluationRequest request) {
        try {
            return ImageClassifier.load(
                    request.model(),
                    ClassifierOptions.defaults()
                            .withBackend(request.backend())
                            .withPrecision(request.precision())
                            .withBatch(request.batch()));
        } catch (IllegalArgumentException e) {
            throw request.usage(e.getMessage());
        }
    }

    @Override
    public ScoreReport report(Evaluation scores) {
        return new EvaluationReport(scores);
    }
}
