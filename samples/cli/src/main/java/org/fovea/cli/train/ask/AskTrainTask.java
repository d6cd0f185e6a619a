package org.fovea.cli.train.ask;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.train.task.Curves;
import org.fovea.cli.train.task.EvaluationRequest;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingSetup;
import org.fovea.vqa.AnswererOptions;
import org.fovea.vqa.VisualAnswerer;
import org.fovea.vqa.hub.AnswererFamilies;
import org.fovea.vqa.train.AnswerData;
import org.fovea.vqa.train.AnswererKeys;
import org.fovea.vqa.train.AnswererScores;
import org.fovea.vqa.train.AnswererSetup;

/** Answers to questions about images. */
public final class AskTrainTask implements TrainTask<AnswererScores> {
    @Override
    public String name() {
        return "ask";
    }

    @Override
    public TrainingConfig defaults() {
        return AnswererKeys.defaults();
    }

    @Override
    public String data() {
        return "images with questions, JSON lines {\"image\": path, \"question\": \"…\", \"answer\": \"…\"} (or \"answers\" of"
                + " several people), also in a folder or zip file, as questions.jsonl; or a folder of the VQA challenge's"
                + " questions, annotations and images";
    }

    @Override
    public TrainingSetup<?, AnswererScores> open(Path data, TrainingConfig recipe, int dataThreads) {
        return AnswererSetup.open(data, recipe.changed(AnswererKeys.MODEL).map(ModelFolder::of), recipe, dataThreads);
    }

    @Override
    public String headline(Metrics metrics) {
        return String.format(Locale.ROOT, "accuracy %.2f%%", 100 * metrics.value("accuracy"));
    }

    @Override
    public List<Curves> curves() {
        return List.of(new Curves("accuracy", "accuracy", Map.of("accuracy", "accuracy")));
    }

    @Override
    public int batch() {
        return 8; // same batch size as fovea ask
    }

    @Override
    public boolean reads(Path model) {
        return AnswererFamilies.ALL.canRead(model);
    }

    @Override
    public AnswererScores evaluate(EvaluationRequest request) {
        try (AnswerData data = AnswerData.open(request.data());
                VisualAnswerer answerer = load(request)) {
            String split = request.split(data.splits().names());
            int figures = request.drawn() ? AnswererScores.FIGURES : 0;
            return scores(request, answerer, data, split, figures);
        }
    }

    private static AnswererScores scores(
            EvaluationRequest request, VisualAnswerer answerer, AnswerData data, String split, int figures) {
        try {
            return AnswererScores.of(answerer, data.splits().get(split), figures);
        } catch (IllegalArgumentException e) { // a question that the model does not support
            throw request.usage(e.getMessage());
        }
    }

    private static VisualAnswerer load(EvaluationRequest request) {
        try {
            return VisualAnswerer.load(
                    request.model(), new AnswererOptions(request.backend(), request.precision(), request.batch()));
        } catch (IllegalArgumentException e) {
            throw request.usage(e.getMessage());
        }
    }

    @Override
    public ScoreReport report(AnswererScores scores) {
        return new AnswerReport(scores);
    }
}
