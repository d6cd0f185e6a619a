package org.fovea.studies.captions;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.SceneEvaluation;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.data.augment.ColorJitter;
import org.fovea.core.data.augment.RandomGrayscale;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.ProgressLines;

/** Settings that the phases of training a captioner of drawn scenes share. */
final class SceneStudy {
    static final int PIXELS = 64;
    /** Pictures of a batch. */
    static final int IMAGES = 32;
    /** Captions of each picture of a batch. */
    static final int CAPTIONS = 4;
    /** Updates between two evaluations. */
    static final int UPDATES = 400;

    static final int CHECKPOINT_UPDATES = 100;
    static final double AVERAGE = 0.998;
    /** Channels of a place. */
    static final int WIDTH = 128;
    /** Words of a caption, its end included; few are longer. */
    static final int LENGTH = 20;

    private static final double DECAY = 0.01;
    private static final double RATE = 1.5e-3;
    private static final double ENCODER_RATE = 3e-3;
    private static final int ENCODER_EPOCHS = 6;
    private static final double ENCODER_SHARE = 0.1;

    private static final long DATA_SEED = 1000;
    private static final long NAMES_SEED = 3000; // of scenes whose places are named in the evaluation
    private static final int SEEN = 500;
    private static final int HELD_OUT = 250;
    private static final int FOR_WORDS = 3000;
    private static final Augmentation GRAY =
            Augmentation.sequence(List.of(new RandomGrayscale(1), new ColorJitter(0.4, 0.4, 0, 0)));

    private SceneStudy() {}

    /** Scenes of training that never end. */
    static SceneDataset scenes(long seed, int captions) {
        return new SceneDataset(SceneOptions.defaults(), seed, Integer.MAX_VALUE, PIXELS, captions);
    }

    /** Scenes that choose the best weights; {@link ScoreScenes} has others. */
    static SceneEvaluation evaluation() {
        SceneOptions others = SceneOptions.defaults().with(Combinations.HELD_OUT);
        return new SceneEvaluation(
                new SceneDataset(SceneOptions.defaults(), DATA_SEED + 1, SEEN, PIXELS, 5),
                new SceneDataset(others, DATA_SEED + 2, HELD_OUT, PIXELS, 1));
    }

    /** All words of captions. */
    static WordVocabulary vocabulary() {
        SceneDataset some = new SceneDataset(SceneOptions.defaults(), DATA_SEED, FOR_WORDS, 16, CAPTIONS);
        return WordVocabulary.of(IntStream.range(0, some.size()).boxed().flatMap(i -> some.get(i).texts().stream()), 2);
    }

    static Precision precision(Backend backend) {
        return backend.supports(Precision.BF16) ? Precision.BF16 : Precision.F32;
    }

    /** The plan by which captions are learned. */
    static TrainingPlan.Builder plan(int epochs, long seed) {
        return TrainingPlan.builder(Optimizer.adamW(DECAY), schedule(RATE, epochs))
                .epochs(epochs)
                .clipNorm(1)
                .emaDecay(AVERAGE)
                .seed(seed);
    }

    /** Training of captions in which the encoder, which has learned to name places, learns slower than the decoder. */
    static ParameterPolicy slowEncoder() {
        return ParameterPolicy.standard()
                .scaled(name -> name.startsWith(CaptionerModel.VISION + ".") ? ENCODER_SHARE : 1);
    }

    private static Schedule schedule(double rate, int epochs) {
        return new Schedule.Cosine(rate, rate / 10, rate / 100, UPDATES / 2, epochs * UPDATES);
    }

    /** Weights of an encoder that has learned to name what is at its places, {@link NamePlaces}. */
    static Parameters encoder(VisionEncoder encoder, int side, Backend backend, Path folder, long seed) {
        NamePlaces task = new NamePlaces(encoder, IMAGES, side, scenes(NAMES_SEED, 1)::drawn, Optional.empty(), seed);
        SceneDataset scenes = scenes(~seed, 1);
        return named(task, number -> grayed(scenes, number), ParameterPolicy.standard(), backend, folder);
    }

    /**
     * Scenes of which every second is gray, of random brightness and contrast: an encoder that sees only colored ones takes the color
     * for a sign of the shape, as no color comes with every shape.
     */
    private static SceneSample grayed(SceneDataset scenes, long number) {
        SceneSample sample = scenes.drawn(number);
        if (number % 2 == 0) {
            return sample;
        }
        RgbImage gray = GRAY.apply(sample.picture(), new SplittableRandom(number));
        return new SceneSample(sample.scene(), gray, sample.captions());
    }

    /**
     * Weights that have learned a task of naming.
     *
     * @param scenes of the training, by number
     */
    static Parameters named(
            NamePlaces task, LongFunction<SceneSample> scenes, ParameterPolicy policy, Backend backend, Path folder) {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(DECAY), schedule(ENCODER_RATE, ENCODER_EPOCHS))
                .epochs(ENCODER_EPOCHS)
                .policy(policy)
                .precision(precision(backend))
                .clipNorm(1)
                .seed(task.seed())
                .build();
        Checkpoints checkpoints = Checkpoints.in(folder, 1, CHECKPOINT_UPDATES, "encoder");
        try (BatchSource<Map<String, Tensor>> batches = task.batches(scenes, UPDATES)) {
            return new Trainer<>(backend, task, plan, checkpoints, new ProgressLines())
                    .resume(batches)
                    .lastWeights();
        }
    }
}
