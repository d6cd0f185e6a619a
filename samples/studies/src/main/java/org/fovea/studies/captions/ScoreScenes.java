package org.fovea.studies.captions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.train.SceneEvaluation;
import org.fovea.captioning.train.WrittenCaption;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.image.RgbImage;
import org.fovea.studies.ProgressLines;

/** Scores a captioner of drawn scenes on scenes that neither its training nor the choice of its weights has seen. */
public final class ScoreScenes {
    private static final long SEED = 5000;

    private ScoreScenes() {}

    /**
     * Scores.
     *
     * @param args the folder of the model, and optionally the number of scenes (1000)
     */
    public static void main(String[] args) {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        try (ImageCaptioner captioner = ImageCaptioner.load(Path.of(args[0]))) {
            int pixels = captioner.model().encoder().imageHeight();
            SceneOptions seen = SceneOptions.defaults();
            SceneEvaluation evaluation = new SceneEvaluation(
                    new SceneDataset(seen, SEED, count, pixels, 5),
                    new SceneDataset(seen.with(Combinations.HELD_OUT), SEED + 1, count, pixels, 1));
            System.out.println(ProgressLines.text(evaluation.scorePictures(pictures -> write(captioner, pictures))));
        }
    }

    private static List<WrittenCaption> write(ImageCaptioner captioner, List<RgbImage> pictures) {
        List<WrittenCaption> out = new ArrayList<>();
        for (RgbImage picture : pictures) {
            CaptionExplanation explained = captioner.explain(picture, captioner.request());
            out.add(new WrittenCaption(
                    explained.caption().text(),
                    IntStream.range(0, explained.caption().words().size())
                            .mapToObj(word -> explained.map(word).toFloats())
                            .toList()));
        }
        return out;
    }
}
