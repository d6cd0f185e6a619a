package org.fovea.cli.train.caption;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.hub.CaptionerFamilies;
import org.fovea.captioning.train.CaptionData;
import org.fovea.captioning.train.CaptionerKeys;
import org.fovea.captioning.train.CaptionerScores;
import org.fovea.captioning.train.CaptionerSetup;
import org.fovea.cli.model.ModelFolder;
import org.fovea.cli.train.task.Curves;
import org.fovea.cli.train.task.EvaluationRequest;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.metric.Metrics;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingSetup;

/** Description of images in words. */
public final class CaptionTrainTask implements TrainTask<CaptionerScores> {
    @Override
    public String name() {
        return "caption";
    }

    @Override
    public TrainingConfig defaults() {
        return CaptionerKeys.defaults();
    }

    @Override
    public String data() {
        return "images with captions, JSON lines {\"image\": path, \"captions\": [\"…\"]} or Karpathy's JSON, also in a folder or"
                + " zip file, as captions.jsonl";
    }

    @Override
    public TrainingSetup<?, CaptionerScores> open(Path data, TrainingConfig recipe, int dataThreads) {
        return CaptionerSetup.open(data, recipe.changed(CaptionerKeys.MODEL).map(ModelFolder::of), recipe, dataThreads);
    }

    @Override
    public String headline(Metrics metrics) {
        return String.format(Locale.ROOT, "CIDEr %.3f  BLEU-4 %.3f", metrics.value("cider"), metrics.value("bleu4"));
    }

    @Override
    public List<Curves> curves() {
        return List.of(
                new Curves("cider", "CIDEr-D", Map.of("CIDEr-D", "cider")),
                new Curves(
                        "overlap", "overlap with people's captions", Map.of("BLEU-4", "bleu4", "ROUGE-L", "rouge_l")));
    }

    @Override
    public int batch() {
        return 8; // same batch size as fovea caption
    }

    @Override
    public boolean reads(Path model) {
        return CaptionerFamilies.ALL.canRead(model);
    }

    @Override
    public CaptionerScores evaluate(EvaluationRequest request) {
        try (CaptionData data = CaptionData.open(request.data());
                ImageCaptioner captioner = load(request)) {
            String split = request.split(data.splits().names());
            int figures = request.drawn() ? CaptionerScores.FIGURES : 0;
            return CaptionerScores.of(captioner, data.splits().get(split), figures);
        }
    }

    private static ImageCaptioner load(EvaluationRequest request) {
        try {
            return ImageCaptioner.load(
                    request.model(), new CaptionerOptions(request.backend(), request.precision(), request.batch()));
        } catch (IllegalArgumentException e) {
            throw request.usage(e.getMessage());
        }
    }

    @Override
    public ScoreReport report(CaptionerScores scores) {
        return new CaptionReport(scores);
    }
}
