package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionObjective;
import org.fovea.captioning.train.CaptionTask;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.engine.Backends;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.RunLog;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.train.TrainingResult;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.ProgressLines;
import org.fovea.vit.model.ConvEncoder;

/**
 * Teaches a captioner of straight scenes those that lie turned, smaller and shifted, with a spatial transformer before its encoder or
 * without: first to name what is at the places of the scene as it was drawn, {@link NamePlaces}, then to say it. Goes on where it was
 * stopped. Draws what the transformer makes of some pictures.
 *
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015</a>
 */
public final class StraightenScenes {
    private static final String FRONT = CaptionerModel.VISION + "." + StraightenedEncoder.FRONT;
    private static final double FRONT_RATE = 0.2; // all pixels depend on it
    private static final long TEST_SEED = 6000;
    private static final long NAMES_TEST_SEED = 7000;
    private static final int TESTED = 500;
    private static final int DRAWN = 8;

    private final Path folder;
    private final Optional<SpatialFront> front;
    private final int epochs;
    private final long seed;
    private final Backend backend = Backends.automatic();
    private final ParameterPolicy policy =
            ParameterPolicy.standard().scaled(name -> name.startsWith(FRONT) ? FRONT_RATE : 1);

    private StraightenScenes(Path folder, Optional<SpatialFront> front, int epochs, long seed) {
        this.folder = folder;
        this.front = front;
        this.epochs = epochs;
        this.seed = seed;
    }

    /**
     * Trains.
     *
     * @param args the folder; {@code with} or {@code without}; hundreds of updates, a multiple of 4; the folder of a captioner that
     *     {@link CaptionScenes} trained; optionally the seed (1)
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Optional<SpatialFront> front =
                Optional.of(SpatialFront.AFFINE).filter(affine -> args[1].equals("with"));
        int epochs = Integer.parseInt(args[2]) * 100 / SceneStudy.UPDATES;
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 1;
        try (PretrainedCaptioner start = PretrainedCaptioner.open(Path.of(args[3]))) {
            new StraightenScenes(Path.of(args[0]), front, epochs, seed).run(start.parameters());
        }
    }

    private void run(Parameters start) throws IOException {
        VisionEncoder plain = new ConvEncoder(SceneStudy.PIXELS, SceneStudy.WIDTH);
        VisionEncoder encoder = front.<VisionEncoder>map(affine -> new StraightenedEncoder(affine, plain))
                .orElse(plain);
        WordVocabulary words = SceneStudy.vocabulary();
        ShowAttendTell model =
                new ShowAttendTell(encoder, words.size(), SceneStudy.LENGTH, 128, 256, 128, Looking.SOFT);
        CaptionerWriter.saveDescription(folder, model, words);
        Parameters named = names(encoder, model.gridRows(), start);
        report(named);
        TrainingResult result = captions(model, words, together(start, named));
        CaptionerWriter.saveWeights(folder, model, result.bestWeights());
        System.out.println(ProgressLines.text(result.last()));
        report(result.bestWeights());
    }

    /** The first lesson: what is where. */
    private Parameters names(VisionEncoder encoder, int side, Parameters start) {
        NamePlaces task = new NamePlaces(
                encoder,
                SceneStudy.IMAGES,
                side,
                turned(Combinations.SEEN, NAMES_TEST_SEED)::drawn,
                Optional.of(start),
                seed);
        TurnedScenes scenes = new TurnedScenes(SceneStudy.scenes(~seed, 1));
        return SceneStudy.named(task, scenes::drawn, policy, backend, folder.resolve("encoder"));
    }

    /** The second lesson: captions. */
    private TrainingResult captions(ShowAttendTell model, WordVocabulary words, Parameters start) throws IOException {
        CaptionTask task = new CaptionTask(
                model,
                words,
                SceneStudy.IMAGES,
                SceneStudy.CAPTIONS,
                DropRates.none(),
                CaptionObjective.likelihood(),
                turned(Combinations.SEEN, TEST_SEED).truth(turned(Combinations.HELD_OUT, TEST_SEED + 1)),
                Optional.of(start),
                seed);
        Precision precision = SceneStudy.precision(backend);
        TrainingPlan plan = SceneStudy.plan(epochs, seed)
                .policy(policy)
                .precision(precision)
                .build();
        Checkpoints checkpoints =
                Checkpoints.in(folder.resolve("checkpoints"), 1, SceneStudy.CHECKPOINT_UPDATES, "turned " + epochs);
        TurnedScenes scenes = new TurnedScenes(SceneStudy.scenes(seed, SceneStudy.CAPTIONS));
        try (BatchSource<CaptionBatch> batches = scenes.endless(SceneStudy.IMAGES, SceneStudy.UPDATES);
                RunLog log = new RunLog(folder, Clock.systemUTC(), new ProgressLines())) {
            return new Trainer<>(backend, task, plan, checkpoints, log).resume(batches);
        }
    }

    /** The weights of both, those that were learned later first. */
    private static Parameters together(Parameters start, Parameters named) {
        Map<String, Tensor> all = new HashMap<>();
        start.names().forEach(name -> all.put(name, start.tensor(name)));
        named.names().forEach(name -> all.put(name, named.tensor(name)));
        return Parameters.of(all);
    }

    /** Prints how well the front straightens, and draws it. */
    private void report(Parameters weights) throws IOException {
        if (front.isPresent()) {
            TurnedScenes scenes = turned(Combinations.SEEN, TEST_SEED);
            LearnedFront all = new LearnedFront(front.get(), weights, backend, scenes.samples(0, TESTED));
            System.out.printf(
                    Locale.ROOT,
                    "corners of cards looked for %.2f pixels from where they lie (taken as they lie: %.2f)%n",
                    all.error(),
                    all.errorOfNone());
            new LearnedFront(front.get(), weights, backend, scenes.samples(0, DRAWN))
                    .draw(folder.resolve("straightened.png"));
        }
    }

    private static TurnedScenes turned(Combinations combinations, long seed) {
        SceneOptions options = SceneOptions.defaults().with(combinations);
        return new TurnedScenes(new SceneDataset(options, seed, TESTED, SceneStudy.PIXELS, 1));
    }
}
