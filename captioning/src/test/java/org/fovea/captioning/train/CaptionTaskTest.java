package org.fovea.captioning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.metric.Cider;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.CaptionContent;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneMasks;
import org.fovea.core.data.scenes.SceneObject;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Task;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptionTaskTest {
    private static final int LENGTH = 24;
    private static final int IMAGES = 8;
    private static final ConvEncoder ENCODER = new ConvEncoder(32, 32);
    private static final SceneDataset SCENES = new SceneDataset(SceneOptions.defaults(), 5, IMAGES, 32, 1);
    private static final List<SceneSample> SAMPLES =
            IntStream.range(0, IMAGES).mapToObj(SCENES::get).toList();
    private static final WordVocabulary VOCABULARY =
            WordVocabulary.of(SAMPLES.stream().flatMap(scene -> scene.texts().stream()), 1);

    static Stream<TrainableCaptioner> decoders() {
        return Stream.of(
                sat(Looking.SOFT),
                sat(Looking.HARD),
                CaptionerWriter.transformer(ENCODER, VOCABULARY.size(), LENGTH, 32, 2, 2, 64));
    }

    private static ShowAttendTell sat(Looking looking) {
        return new ShowAttendTell(ENCODER, VOCABULARY.size(), LENGTH, 32, 64, 32, looking);
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void learnsAFewScenesByHeart(TrainableCaptioner model) {
        CaptionTask task = task(model, CaptionObjective.likelihood());
        Parameters learned = train(task, 150);
        try (SearchWriter writer = new SearchWriter(
                task.model(),
                VOCABULARY,
                3,
                GenerationOptions.defaults().withBeams(2),
                OneDnnBackend.create(),
                learned,
                Precision.F32)) {
            List<WrittenCaption> written = writer.write(SceneBatches.of(SAMPLES).pixels());
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                String caption = SAMPLES.get(i).texts().get(0);
                if (!written.get(i).text().equals(caption)) {
                    wrong.add(caption + " -> " + written.get(i).text());
                }
                assertEquals(
                        written.get(i).text().split(" ").length,
                        written.get(i).attention().size());
            }
            assertTrue(wrong.size() <= 1, wrong.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void scheduledSamplingAndThePenaltyLearnToo(TrainableCaptioner model) {
        CaptionObjective objective =
                CaptionObjective.likelihood().withDoublyStochastic(0.05).withOwnWords(0.25, 50);
        double[] last = new double[1];
        train(task(model, objective), 30, new TrainingListener() {
            @Override
            public void onStep(Step step) {
                last[0] = step.loss();
            }
        });
        assertTrue(last[0] < 5, "loss " + last[0]); // 64 places that none looks at are 3.2 of it
    }

    @Test
    void focusedAttentionLooksAtFewPlaces() {
        double plain = largestWeight(CaptionObjective.likelihood());
        double focused = largestWeight(CaptionObjective.likelihood().withFocus(0.5));
        assertTrue(focused > plain + 0.1, plain + " to " + focused);
    }

    /** Mean over words of the largest weight of attention, after some training. */
    private static double largestWeight(CaptionObjective objective) {
        CaptionTask task = task(sat(Looking.SOFT), objective);
        Parameters learned = train(task, 30);
        try (SearchWriter writer = new SearchWriter(
                task.model(),
                VOCABULARY,
                3,
                GenerationOptions.defaults(),
                OneDnnBackend.create(),
                learned,
                Precision.F32)) {
            return writer.write(SceneBatches.of(SAMPLES).pixels()).stream()
                    .flatMap(caption -> caption.attention().stream())
                    .mapToDouble(weights -> weights[Likeliest.of(weights, 0, weights.length)])
                    .average()
                    .orElseThrow();
        }
    }

    @Test
    void rewardsAreOfTruthAndWords() {
        CaptionBatch batch = SceneBatches.of(SAMPLES.subList(0, 2));
        String first = SAMPLES.get(0).texts().get(0);
        List<String> drawn =
                List.of(first, "a circle and a circle and a circle and a circle and a circle", "of of", first);
        double[] truth = CaptionReward.truth().of(batch, drawn);
        assertEquals(1, truth[0]);
        assertEquals(0, truth[1]);
        assertEquals(0, truth[2]);
        Cider cider = Cider.ofReferences(SAMPLES.stream()
                .map(scene -> scene.texts().stream()
                        .map(text -> List.of(text.split(" ")))
                        .toList())
                .toList());
        List<String> texts = batch.captions();
        double[] words = CaptionReward.cider(cider).of(batch, texts);
        assertEquals(10, words[0], 1e-6);
        double[] both =
                CaptionReward.truth().plus(0.1, CaptionReward.cider(cider)).of(batch, texts);
        assertEquals(2, both[0], 1e-6);
    }

    @Test
    void moreIsPaidForWhereItIsTrue() {
        CaptionBatch batch = SceneBatches.of(SAMPLES.subList(0, 1));
        SceneObject object = SAMPLES.get(0).scene().objects().get(0);
        String bare = "an object";
        String named = "a " + object.shape().word();
        String colored = "a " + object.color().word() + " " + object.shape().word();
        List<String> drawn = List.of(bare, named, colored, colored + " and a " + colored + " on a black background");
        assertArrayEquals(
                new double[] {0, 1, 2, 0},
                CaptionReward.content(CaptionContent::facts).of(batch, drawn));
    }

    @Test
    void batchesOfAnotherSizeAreNamed() {
        CaptionTask task = task(sat(Looking.SOFT), CaptionObjective.likelihood());
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> task.inputs(SceneBatches.of(SAMPLES.subList(0, 2)), null));
        assertTrue(error.getMessage().contains("8 pictures of 1 captions each, got 2 captions"), error.getMessage());
    }

    @Test
    void scoresAreThoseOfWhatIsWritten() {
        SceneEvaluation evaluation = new SceneEvaluation(SCENES, SCENES);
        List<WrittenCaption> truth = SAMPLES.stream()
                .map(scene -> new WrittenCaption(
                        scene.texts().get(0),
                        scene.captions().get(0).words().stream()
                                .map(word -> at(scene, word.objects()))
                                .toList()))
                .toList();
        var metrics = evaluation.scorePictures(pictures -> truth);
        assertEquals(1, metrics.value("truth"));
        assertEquals(1, metrics.value("held_out_truth"));
        assertEquals(1, metrics.value("bleu4"), 1e-9);
        assertEquals(1, metrics.value("pointing"));
        assertTrue(metrics.value("pointing_by_chance") < 0.7, metrics.toString());
    }

    /** All attention where the center of the first object is. */
    private static float[] at(SceneSample scene, List<Integer> objects) {
        float[] out = new float[32 * 32];
        if (!objects.isEmpty()) {
            int[] mask = SceneMasks.instances(scene.scene(), 32);
            for (int i = 0; i < mask.length; i++) {
                if (mask[i] == objects.get(0) + 1) {
                    out[i] = 1;
                    break;
                }
            }
        }
        return out;
    }

    private static CaptionTask task(TrainableCaptioner model, CaptionObjective objective) {
        return task(model, VOCABULARY, 1, Optional.empty(), objective);
    }

    private static CaptionTask task(
            TrainableCaptioner model, WordVocabulary vocabulary, int each, Optional<Parameters> start) {
        return task(model, vocabulary, each, start, CaptionObjective.likelihood());
    }

    private static CaptionTask task(
            TrainableCaptioner model,
            WordVocabulary vocabulary,
            int each,
            Optional<Parameters> start,
            CaptionObjective objective) {
        return new CaptionTask(
                model, vocabulary, IMAGES, each, DropRates.none(), objective, writer -> Metrics.none(), start, 1);
    }

    private static Parameters train(CaptionTask task, int steps) {
        return train(task, steps, TrainingListener.NONE);
    }

    private static Parameters train(CaptionTask task, int steps, TrainingListener listener) {
        return train(task, SceneBatches.repeated(SAMPLES, steps), 5e-3, listener);
    }

    private static Parameters train(
            Task<CaptionBatch> task, BatchSource<CaptionBatch> batches, double rate, TrainingListener listener) {
        Schedule schedule = Schedule.cosine(rate, 10, batches.batchesPerEpoch());
        TrainingPlan plan =
                TrainingPlan.builder(Optimizer.adamW(0), schedule).clipNorm(1).build();
        try (batches) {
            return new Trainer<>(OneDnnBackend.create(), task, plan, Checkpoints.none(), listener)
                    .fit(batches)
                    .lastWeights();
        }
    }
}
