package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.metric.Cider;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionObjective;
import org.fovea.captioning.train.CaptionReward;
import org.fovea.captioning.train.CaptionTask;
import org.fovea.captioning.train.SceneBatches;
import org.fovea.captioning.train.SelfCriticalTask;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.CaptionContent;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.engine.Backends;
import org.fovea.core.nn.DropRates;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.studies.ProgressLines;

/**
 * Goes on with a captioner of {@link CaptionScenes} by self-critical training: its own captions are rewarded for being true of the
 * scene, for their CIDEr-D, and on request for how much they say. No word is told where to look; only how far its look is spread
 * counts, lightly. Goes on where it was stopped.
 */
public final class CriticizeScenes {
    private static final double RATE = 3e-4;
    private static final double CIDER_SHARE = 0.1; // CIDEr-D goes to 10, truth to 1
    private static final int RELATION_FACTS = 3; // more than another fact: it is of two objects, and is learned late
    private static final double MOST_FACTS = 10; // that are paid for
    private static final double FOCUS = 0.02;
    private static final int REFERENCES = 1000;
    private static final long SEED_STEP = 100_000;

    private CriticizeScenes() {}

    /**
     * Trains.
     *
     * @param args the folder of the model to start from; the folder for the new one; updates; and optionally the seed (1) and the
     *     share in the reward of what a true caption says (0), from nothing to ten facts
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
        double content = args.length > 4 ? Double.parseDouble(args[4]) : 0;
        try (PretrainedCaptioner start = PretrainedCaptioner.open(Path.of(args[0]))) {
            run(start, Path.of(args[1]), Integer.parseInt(args[2]) / SceneStudy.UPDATES, seed + SEED_STEP, content);
        }
    }

    private static void run(PretrainedCaptioner start, Path folder, int epochs, long seed, double content)
            throws IOException {
        Backend backend = Backends.automatic();
        Precision precision = SceneStudy.precision(backend);
        WordVocabulary vocabulary = SceneStudy.vocabulary();
        TrainableCaptioner model = (TrainableCaptioner) start.model();
        CaptionerWriter.saveDescription(folder, model, vocabulary);
        CaptionTask words = new CaptionTask(
                model,
                vocabulary,
                SceneStudy.IMAGES,
                SceneStudy.CAPTIONS,
                DropRates.none(),
                CaptionObjective.likelihood().withFocus(focus(model)),
                SceneStudy.evaluation(),
                Optional.of(start.parameters()),
                seed);
        int steps = epochs * SceneStudy.UPDATES;
        TrainingPlan plan = TrainingPlan.builder(
                        Optimizer.adamW(0),
                        new Schedule.Cosine(RATE, RATE / 10, RATE / 10, SceneStudy.UPDATES / 8, steps))
                .epochs(epochs)
                .precision(precision)
                .clipNorm(1)
                .emaDecay(SceneStudy.AVERAGE)
                .seed(seed)
                .build();
        Checkpoints checkpoints = Checkpoints.in(
                folder.resolve("checkpoints"),
                1,
                SceneStudy.CHECKPOINT_UPDATES,
                "self-critical " + steps + ", content " + content);
        SceneDataset scenes = SceneStudy.scenes(seed, SceneStudy.CAPTIONS);
        try (SelfCriticalTask task = new SelfCriticalTask(words, reward(content), backend, precision);
                BatchSource<CaptionBatch> batches =
                        SceneBatches.endless(scenes, SceneStudy.IMAGES, SceneStudy.UPDATES);
                RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines(task::reward))) {
            TrainingResult result = new Trainer<>(backend, task, plan, checkpoints, log).resume(batches);
            CaptionerWriter.saveWeights(folder, model, result.bestWeights());
            System.out.println(ProgressLines.text(result.last()));
        }
    }

    /** None for a Transformer: heads that nothing depends on would become sharp, and their mean with the others would mislead. */
    private static double focus(TrainableCaptioner model) {
        return model instanceof ShowAttendTell ? FOCUS : 0;
    }

    private static CaptionReward reward(double content) {
        return CaptionReward.truth()
                .plus(content, CaptionReward.content(CriticizeScenes::amount))
                .plus(CIDER_SHARE, CaptionReward.cider(cider()));
    }

    private static double amount(CaptionContent said) {
        return Math.min(1, (said.facts() + RELATION_FACTS * said.relations()) / MOST_FACTS);
    }

    private static Cider cider() {
        SceneDataset scenes = SceneStudy.scenes(SEED_STEP, SceneStudy.CAPTIONS);
        return Cider.ofReferences(IntStream.range(0, REFERENCES)
                .mapToObj(i -> scenes.get(i).texts().stream()
                        .map(text -> List.of(text.split(" ")))
                        .toList())
                .toList());
    }
}
