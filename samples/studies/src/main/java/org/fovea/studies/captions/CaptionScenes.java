package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionObjective;
import org.fovea.captioning.train.CaptionTask;
import org.fovea.captioning.train.SceneBatches;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.engine.Backends;
import org.fovea.core.nn.DropRates;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.ProgressLines;
import org.fovea.vit.model.ConvEncoder;

/**
 * Trains a captioner of drawn scenes, first its encoder, on new scenes in every step, and scores it on scenes it never saw; goes on
 * where it was stopped when it is started again. Leaves a model in the folder.
 */
public final class CaptionScenes {

    private final String kind;
    private final int epochs;
    private final long seed;

    private CaptionScenes(String kind, int epochs, long seed) {
        this.kind = kind;
        this.epochs = epochs;
        this.seed = seed;
    }

    /**
     * Trains.
     *
     * @param args the folder; {@code soft}, {@code hard} or {@code transformer}; thousands of steps; and optionally the seed (1) and the
     *     folder of a model of {@code soft} that {@code hard} begins with, in place of an encoder alone
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
        CaptionScenes study = new CaptionScenes(args[1], Integer.parseInt(args[2]) * 1000 / SceneStudy.UPDATES, seed);
        Path folder = Path.of(args[0]);
        if (args.length > 4) {
            try (PretrainedCaptioner start = PretrainedCaptioner.open(Path.of(args[4]))) {
                study.run(folder, Optional.of(start.parameters()));
            }
        } else {
            study.run(folder, Optional.empty());
        }
    }

    private void run(Path folder, Optional<Parameters> begun) throws IOException {
        Backend backend = Backends.automatic();
        Precision precision = SceneStudy.precision(backend);
        WordVocabulary vocabulary = SceneStudy.vocabulary();
        TrainableCaptioner model = model(vocabulary.size());
        CaptionerWriter.saveDescription(folder, model, vocabulary);
        Parameters start = begun.orElseGet(
                () -> SceneStudy.encoder(model.encoder(), model.gridRows(), backend, folder.resolve("encoder"), seed));
        CaptionTask task = new CaptionTask(
                model,
                vocabulary,
                SceneStudy.IMAGES,
                SceneStudy.CAPTIONS,
                DropRates.none(),
                CaptionObjective.likelihood(),
                SceneStudy.evaluation(),
                Optional.of(start),
                seed);
        int steps = epochs * SceneStudy.UPDATES;
        TrainingPlan plan = SceneStudy.plan(epochs, seed)
                .policy(SceneStudy.slowEncoder())
                .precision(precision)
                .build();
        System.out.printf(
                "%s, %d words, %d updates of %d captions of %d pictures, %s%n",
                kind, vocabulary.size(), steps, SceneStudy.IMAGES * SceneStudy.CAPTIONS, SceneStudy.IMAGES, precision);
        Checkpoints checkpoints =
                Checkpoints.in(folder.resolve("checkpoints"), 2, SceneStudy.CHECKPOINT_UPDATES, kind + " " + steps);
        SceneDataset scenes = SceneStudy.scenes(seed, SceneStudy.CAPTIONS);
        try (BatchSource<CaptionBatch> batches = SceneBatches.endless(scenes, SceneStudy.IMAGES, SceneStudy.UPDATES);
                RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines())) {
            TrainingResult result = new Trainer<>(backend, task, plan, checkpoints, log).resume(batches);
            CaptionerWriter.saveWeights(folder, model, result.bestWeights());
            System.out.println(ProgressLines.text(result.last()));
        }
    }

    private TrainableCaptioner model(int words) {
        ConvEncoder encoder = new ConvEncoder(SceneStudy.PIXELS, SceneStudy.WIDTH);
        return switch (kind) {
            case "soft" -> new ShowAttendTell(encoder, words, SceneStudy.LENGTH, 128, 256, 128, Looking.SOFT);
            case "hard" -> new ShowAttendTell(encoder, words, SceneStudy.LENGTH, 128, 256, 128, Looking.HARD);
            case "transformer" -> CaptionerWriter.transformer(encoder, words, SceneStudy.LENGTH, 128, 3, 4, 512);
            default ->
                throw new IllegalArgumentException(
                        "CaptionScenes: the kind must be soft, hard or transformer, got " + kind);
        };
    }
}
