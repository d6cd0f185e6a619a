package org.fovea.captioning.train;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.captioning.metric.ScoredCaption;
import org.fovea.core.data.scenes.CaptionContent;
import org.fovea.core.data.scenes.CaptionObjects;
import org.fovea.core.data.scenes.CaptionTruth;
import org.fovea.core.data.scenes.PointingGame;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.ScenePixels;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;

/**
 * Captions of unseen scenes: the share that is true, also where one combination of color and shape was never seen, BLEU-4 and
 * CIDEr-D, the pointing game, and how much a caption says: its words, and its {@link CaptionContent}. The share of true
 * captions is the judge.
 *
 * @param seen unseen scenes with the combinations of color and shape that occur in training
 * @param heldOut scenes with combinations that never occur in training; fewer suffice
 */
public record SceneEvaluation(SceneDataset seen, SceneDataset heldOut) implements CaptionEvaluation {
    private static final String TRUTH = "truth";
    private static final int BLEU_4 = 3;

    @Override
    public Metrics score(Writer writer) {
        return scorePictures(pictures -> writer.write(ScenePixels.of(pictures)));
    }

    /**
     * Scores any function that captions pictures.
     *
     * @param writer writes a caption for each picture
     */
    public Metrics scorePictures(Function<List<RgbImage>, List<WrittenCaption>> writer) {
        List<SceneSample> scenes = samples(seen);
        List<WrittenCaption> captions = captions(writer, scenes);
        List<ScoredCaption> scored = IntStream.range(0, scenes.size())
                .mapToObj(i ->
                        new ScoredCaption(captions.get(i).text(), scenes.get(i).texts()))
                .toList();
        CaptionScores scores = CaptionScores.ofTokenized(scored);
        PointingGame game = new PointingGame();
        for (int i = 0; i < scenes.size(); i++) {
            play(game, scenes.get(i), captions.get(i));
        }
        List<SceneSample> others = samples(heldOut);
        return new Metrics(
                List.of(
                        Metric.higher(TRUTH, truth(scenes, captions)),
                        Metric.higher("held_out_truth", truth(others, captions(writer, others))),
                        Metric.higher("pointing", game.hits()),
                        Metric.higher("pointing_by_chance", game.chance()),
                        Metric.higher("bleu4", scores.bleu().get(BLEU_4)),
                        Metric.higher("cider", scores.cider()),
                        Metric.higher("words", mean(captions, text -> text.isEmpty() ? 0 : text.split(" ").length)),
                        Metric.higher("objects", mean(captions, text -> CaptionContent.of(text)
                                .objects())),
                        Metric.higher("relations", mean(captions, text -> CaptionContent.of(text)
                                .relations())),
                        Metric.higher("facts", mean(captions, text -> CaptionContent.of(text)
                                .facts()))),
                TRUTH);
    }

    /** Plays the pointing game with the content words of a caption; words that name nothing in the scene count as misses. */
    private static void play(PointingGame game, SceneSample sample, WrittenCaption caption) {
        if (caption.attention().isEmpty()) {
            return;
        }
        int side = (int) Math.round(Math.sqrt(caption.attention().get(0).length));
        List<List<Integer>> named =
                CaptionObjects.of(sample.scene(), List.of(caption.text().split(" ")));
        for (int i = 0; i < named.size(); i++) {
            if (named.get(i) != null) {
                game.add(sample, named.get(i), Tensor.of(caption.attention().get(i), side, side));
            }
        }
    }

    private static List<SceneSample> samples(SceneDataset scenes) {
        return IntStream.range(0, scenes.size()).mapToObj(scenes::get).toList();
    }

    private static List<WrittenCaption> captions(
            Function<List<RgbImage>, List<WrittenCaption>> writer, List<SceneSample> scenes) {
        return writer.apply(scenes.stream().map(SceneSample::picture).toList());
    }

    private static double mean(List<WrittenCaption> captions, ToIntFunction<String> amount) {
        return captions.stream()
                .mapToInt(caption -> amount.applyAsInt(caption.text()))
                .average()
                .orElse(0);
    }

    private static double truth(List<SceneSample> scenes, List<WrittenCaption> captions) {
        long right = IntStream.range(0, scenes.size())
                .filter(i -> CaptionTruth.isTrue(
                        scenes.get(i).scene(), captions.get(i).text()))
                .count();
        return (double) right / scenes.size();
    }
}
