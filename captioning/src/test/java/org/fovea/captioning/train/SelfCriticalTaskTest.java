package org.fovea.captioning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.FrozenEncoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelfCriticalTaskTest {
    private static final int IMAGES = 8;
    private static final int EACH = 3;
    private static final int LENGTH = 24;
    private static final ConvEncoder ENCODER = new ConvEncoder(32, 32);
    private static final SceneDataset SCENES = new SceneDataset(SceneOptions.defaults(), 5, IMAGES, 32, EACH);
    private static final List<SceneSample> SAMPLES =
            IntStream.range(0, IMAGES).mapToObj(SCENES::get).toList();
    private static final WordVocabulary VOCABULARY =
            WordVocabulary.of(SAMPLES.stream().flatMap(scene -> scene.texts().stream()), 1);
    /** Share of commas: easily earned, and of no use to likelihood. */
    private static final CaptionReward COMMAS = (batch, drawn) -> drawn.stream()
            .mapToDouble(text -> Arrays.stream(text.split(" "))
                    .mapToDouble(word -> word.equals(",") ? 1 : 0)
                    .average()
                    .orElseThrow())
            .toArray();

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
    void raisesTheReward(TrainableCaptioner model) {
        Parameters learned =
                train(task(model, Optional.empty(), 1), 40, 5e-3, Checkpoints.none(), TrainingListener.NONE);
        List<Double> rewards = new ArrayList<>();
        try (SelfCriticalTask task = critical(task(model, Optional.of(learned), 1))) {
            train(task, 60, 2e-3, Checkpoints.none(), new TrainingListener() {
                @Override
                public void onStep(Step step) {
                    rewards.add(task.reward());
                }
            });
        }
        double before = mean(rewards.subList(0, 8));
        double after = mean(rewards.subList(52, 60));
        assertTrue(after > 3 * before, before + " to " + after);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    @Test
    void aSeedGivesTheSameRunWhetherItIsBrokenOrNot(@TempDir Path folder) {
        TrainableCaptioner model = CaptionerWriter.transformer(ENCODER, VOCABULARY.size(), 6, 16, 1, 2, 32);
        Parameters whole = run(model, 1, Checkpoints.none(), TrainingListener.NONE);
        Checkpoints saved = Checkpoints.in(folder, 1, 3, "self-critical");
        assertThrows(
                IllegalStateException.class,
                () -> run(model, 1, saved, new TrainingListener() {
                    @Override
                    public void onStep(Step step) {
                        if (step.step() == 5) {
                            throw new IllegalStateException("power cut");
                        }
                    }
                }));
        Parameters broken = run(model, 1, saved, TrainingListener.NONE);
        Parameters other = run(model, 2, Checkpoints.none(), TrainingListener.NONE);
        for (String name : whole.names()) {
            assertArrayEquals(whole.tensor(name).toFloats(), broken.tensor(name).toFloats(), name);
        }
        String table = "text.words.table";
        assertFalse(Arrays.equals(
                whole.tensor(table).toFloats(), other.tensor(table).toFloats()));
    }

    private static Parameters run(
            TrainableCaptioner model, long seed, Checkpoints checkpoints, TrainingListener listener) {
        try (SelfCriticalTask task = critical(task(model, Optional.empty(), seed))) {
            return train(task, 8, 2e-3, checkpoints, listener);
        }
    }

    private static SelfCriticalTask critical(CaptionTask words) {
        return new SelfCriticalTask(words, COMMAS, OneDnnBackend.create(), Precision.F32);
    }

    private static CaptionTask task(TrainableCaptioner model, Optional<Parameters> start, long seed) {
        return new CaptionTask(
                model,
                VOCABULARY,
                IMAGES,
                EACH,
                DropRates.none(),
                CaptionObjective.likelihood(),
                writer -> Metrics.none(),
                start,
                seed);
    }

    private static Parameters train(
            Task<CaptionBatch> task, int steps, double rate, Checkpoints checkpoints, TrainingListener listener) {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0), Schedule.cosine(rate, 2, steps))
                .clipNorm(1)
                .build();
        try (BatchSource<CaptionBatch> batches = SceneBatches.repeated(SAMPLES, steps)) {
            return new Trainer<>(OneDnnBackend.create(), task, plan, checkpoints, listener)
                    .resume(batches)
                    .lastWeights();
        }
    }

    // Below, all captions of two words are counted out.

    /** Its norms are the same whether it trains or draws. */
    private static final VisionEncoder SMALL = new FrozenEncoder(new ConvEncoder(16, 8));

    private static final WordVocabulary LETTERS = WordVocabulary.of(Stream.of("a b"), 1);
    private static final int[][] ALL = IntStream.range(0, LETTERS.size())
            .boxed()
            .flatMap(first -> first == WordVocabulary.END
                    ? Stream.of(new int[] {first, WordVocabulary.PAD})
                    : IntStream.range(0, LETTERS.size()).mapToObj(second -> new int[] {first, second}))
            .toArray(int[][]::new);
    private static final CaptionBatch PICTURE =
            new CaptionBatch(Tensor.of(new Random(2).doubles(768, -1, 1).toArray(), 1, 3, 16, 16), List.of("a"));

    static Stream<TrainableCaptioner> letterDecoders() {
        return Stream.of(
                new ShowAttendTell(SMALL, LETTERS.size(), 2, 6, 8, 5, Looking.SOFT),
                CaptionerWriter.transformer(SMALL, LETTERS.size(), 2, 8, 2, 2, 16));
    }

    private static CaptionTask letters(TrainableCaptioner model, int each) {
        return new CaptionTask(
                model,
                LETTERS,
                1,
                each,
                DropRates.none(),
                CaptionObjective.likelihood(),
                writer -> Metrics.none(),
                Optional.empty(),
                3);
    }

    /** With each caption as often as it is drawn, the loss falls as the mean reward rises, whatever weights are moved. */
    @ParameterizedTest
    @MethodSource("letterDecoders")
    void lossHasTheDerivativeOfTheMeanReward(TrainableCaptioner model) {
        double[] rewards = new Random(7).doubles(ALL.length, 0, 1).toArray();
        CaptionTask words = letters(model, ALL.length);
        Value loss = CaptionLoss.reward(words);
        loss.graph().output("loss", loss);
        WeightSource start = words.initialParameters();
        try (TrainingProgram program = new Nd4jBackend().compileTraining(loss.graph(), start, Precision.F64)) {
            double[] drawn = probabilities(words, program);
            float[] weights = new float[ALL.length];
            for (int row = 0; row < weights.length; row++) {
                weights[row] = (float) (drawn[row] * rewards[row]);
            }
            double count = 2 * ALL.length - 1;
            double step = 1e-4;
            move(program, loss, start, step);
            double reward = meanReward(words, program, rewards);
            double surrogate = loss(words, program, weights);
            move(program, loss, start, -step);
            reward -= meanReward(words, program, rewards);
            surrogate -= loss(words, program, weights);
            assertTrue(Math.abs(reward / step) > 1e-3, "a derivative of " + reward / step);
            assertEquals(-reward / step, surrogate * count / step, 1e-4 * Math.abs(reward / step));
        }
    }

    /** Moves all weights from their first values in a random direction. */
    private static void move(TrainingProgram program, Value loss, WeightSource start, double step) {
        Random random = new Random(8);
        loss.graph().parameters().forEach((name, value) -> {
            Shape shape = value.shape();
            double[] moved = start.tensor(name).toDoubles();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += step * random.nextGaussian();
            }
            program.setParameter(name, Tensor.of(moved, shape.toArray()));
        });
    }

    private static double meanReward(CaptionTask words, TrainingProgram program, double[] rewards) {
        double[] p = probabilities(words, program);
        return IntStream.range(0, p.length).mapToDouble(i -> p[i] * rewards[i]).sum();
    }

    /** The probability of each caption, by its own loss. */
    private static double[] probabilities(CaptionTask words, TrainingProgram program) {
        long count = 2 * ALL.length - 1;
        return IntStream.range(0, ALL.length)
                .mapToDouble(row -> {
                    float[] one = new float[ALL.length];
                    one[row] = 1;
                    return Math.exp(-count * loss(words, program, one));
                })
                .toArray();
    }

    private static double loss(CaptionTask words, TrainingProgram program, float[] weights) {
        Map<String, Tensor> inputs = new HashMap<>(words.inputs(ALL, weights, 0));
        inputs.put(CaptionerModel.PIXELS, PICTURE.pixels());
        return program.run(inputs).get("loss").toDoubles()[0];
    }

    @ParameterizedTest
    @MethodSource("letterDecoders")
    void drawsEachCaptionAsOftenAsItIsLikely(TrainableCaptioner model) {
        int each = 500;
        int steps = 4;
        Backend backend = OneDnnBackend.create();
        Map<List<Integer>, Integer> drawn = new HashMap<>();
        try (SelfCriticalTask task = new SelfCriticalTask(letters(model, each), COMMAS, backend, Precision.F32)) {
            for (int step = 0; step < steps; step++) {
                for (int[] caption : task.draw(PICTURE.pixels(), step)) {
                    drawn.merge(List.of(caption[0], caption[1]), 1, Integer::sum);
                }
            }
        }
        CaptionTask words = letters(model, ALL.length);
        Value loss = CaptionLoss.reward(words);
        loss.graph().output("loss", loss);
        try (TrainingProgram program =
                backend.compileTraining(loss.graph(), words.initialParameters(), Precision.F32)) {
            double[] p = probabilities(words, program);
            int draws = each * steps;
            for (int i = 0; i < ALL.length; i++) {
                int times = drawn.getOrDefault(List.of(ALL[i][0], ALL[i][1]), 0);
                double deviation = Math.sqrt(draws * p[i] * (1 - p[i]));
                assertEquals(draws * p[i], times, 5 * deviation + 1, Arrays.toString(ALL[i]));
            }
        }
    }
}
