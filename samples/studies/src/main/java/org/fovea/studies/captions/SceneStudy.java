package org.fovea.studies.captions;

import java.util.stream.IntStream;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.SceneEvaluation;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;

/** What the phases of training a captioner of drawn scenes have in common. */
final class SceneStudy {
    static final int PIXELS = 64;
    /** Pictures of a batch. */
    static final int IMAGES = 32;
    /** Captions of each picture of a batch. */
    static final int CAPTIONS = 4;
    /** Updates between two evaluations. */
    static final int UPDATES = 400;

    static final int CHECKPOINT_UPDATES = 100;
    static final double DECAY = 0.01;
    static final double AVERAGE = 0.998;

    private static final long DATA_SEED = 1000;
    private static final int SEEN = 500;
    private static final int HELD_OUT = 250;
    private static final int FOR_WORDS = 3000;

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
}
