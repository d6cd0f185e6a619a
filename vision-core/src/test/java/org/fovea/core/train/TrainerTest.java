package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.ShapeImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop: resuming, stopping, and what it says when something is wrong. */
class TrainerTest {
    @TempDir
    private Path folder;

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static TrainingListener stoppingAt(long last) {
        return new TrainingListener() {
            @Override
            public void onStep(Step step) {
                if (step.step() == last) {
                    throw new Stopped();
                }
            }
        };
    }

    private static byte[] end(Path folder) throws IOException {
        return Files.readAllBytes(folder.resolve("step-0000000015.safetensors"));
    }

    /** Steps 3 and 9 are one after a checkpoint, in the middle of an epoch; 5 ends one before its evaluation. */
    @Test
    void aStoppedRunResumesToTheSameBits() throws IOException {
        Path whole = folder.resolve("whole");
        TrainingResult unbroken = TrainingChild.run(TrainingChild.checkpoints(whole, 100), TrainingListener.NONE);
        Path parts = folder.resolve("parts");
        for (int stop : new int[] {3, 5, 9}) {
            assertThrows(
                    Stopped.class, () -> TrainingChild.run(TrainingChild.checkpoints(parts, 100), stoppingAt(stop)));
        }
        TrainingResult resumed = TrainingChild.run(TrainingChild.checkpoints(parts, 100), TrainingListener.NONE);
        assertArrayEquals(end(whole), end(parts));
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("best.safetensors")),
                Files.readAllBytes(parts.resolve("best.safetensors")));
        assertEquals(unbroken.position(), resumed.position());
        assertEquals(unbroken.last(), resumed.last());
        assertArrayEquals(
                unbroken.bestWeights().floats("head.weight"),
                resumed.bestWeights().floats("head.weight"));
        TrainingResult again = TrainingChild.run(TrainingChild.checkpoints(parts, 100), TrainingListener.NONE);
        assertEquals(unbroken.last(), again.last());
    }

    @Test
    void trainingLearnsAndReports() {
        List<TrainingListener.Step> steps = new ArrayList<>();
        List<TrainingListener.Epoch> epochs = new ArrayList<>();
        TrainingChild.run(Checkpoints.none(), new TrainingListener() {
            @Override
            public void onStep(Step step) {
                steps.add(step);
            }

            @Override
            public void onEpoch(Epoch epoch) {
                epochs.add(epoch);
            }
        });
        assertEquals(TrainingChild.STEPS, steps.size());
        assertEquals(0.01 / 3, steps.get(1).learningRate(), 1e-15);
        assertEquals(1, steps.get(7).epoch());
        assertTrue(steps.get(14).loss() < steps.get(0).loss(), steps.toString());
        double mean = steps.subList(5, 10).stream()
                .mapToDouble(TrainingListener.Step::loss)
                .average()
                .orElseThrow();
        assertEquals(mean, epochs.get(1).trainingLoss(), 1e-12);
        assertEquals(10, epochs.get(2).metrics().value("images"));
    }

    @Test
    void onlyTheLastCheckpointsStay() throws IOException {
        TrainingChild.run(TrainingChild.checkpoints(folder, 2), TrainingListener.NONE);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("best.safetensors", "step-0000000014.safetensors", "step-0000000015.safetensors"),
                    files.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aRunOfAnotherRecipeDoesNotResume() {
        assertThrows(Stopped.class, () -> TrainingChild.run(TrainingChild.checkpoints(folder, 2), stoppingAt(3)));
        Checkpoints other = Checkpoints.in(folder, 2, 2, "{\"test\": false}");
        String recipe = assertThrows(
                        IllegalArgumentException.class, () -> TrainingChild.run(other, TrainingListener.NONE))
                .getMessage();
        assertTrue(recipe.contains("own recipe and seed, {\"test\": true} and 11, got {\"test\": false}"), recipe);
        Trainer<ClassificationBatch> trainer =
                TrainingChild.trainer(TrainingChild.checkpoints(folder, 2), TrainingListener.NONE);
        String anew = assertThrows(CheckpointException.class, () -> trainer.fit(TrainingChild.train()))
                .getMessage();
        assertTrue(anew.contains("step-0000000002.safetensors; resume it"), anew);
    }

    @Test
    void impatienceEndsTheRun() {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.sgd(0.9, 0), Schedule.constant(0))
                .epochs(50)
                .patience(2)
                .build();
        Trainer<ClassificationBatch> trainer = new Trainer<>(
                new Nd4jBackend(), TrainingChild.task("loss", 0), plan, Checkpoints.none(), TrainingListener.NONE);
        TrainingResult result = trainer.fit(TrainingChild.train());
        assertEquals(3, result.position().epoch());
        assertEquals(0, result.position().bestEpoch());
    }

    /** The tiny classifier's second phase: another loss, on from the weights that the first one liked best. */
    private record Second(TinyTask tiny, WeightSource initialParameters, List<Double> looks)
            implements Task<ClassificationBatch> {
        @Override
        public Value loss() {
            Value first = tiny.loss();
            Value logits = first.graph().outputs().get("logits");
            return first.add(logits.reshape(16).unary(UnaryKind.SQUARE).mean(false, 0));
        }

        /** Reads the model as it is now, as sampling from it does. */
        @Override
        public Map<String, Tensor> inputs(ClassificationBatch batch, Step step) {
            looks.add(step.weights().tensor("head.weight").toDoubles()[0]);
            return tiny.inputs(batch, step);
        }
    }

    private TrainingResult phases(Path root, TrainingListener second, List<Double> looks) {
        TrainingResult first =
                TrainingChild.run(TrainingChild.checkpoints(root.resolve("1"), 2), TrainingListener.NONE);
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0), Schedule.constant(1e-3))
                .epochs(1)
                .build();
        Task<ClassificationBatch> task = new Second(TrainingChild.task("top1", 0), first.bestWeights(), looks);
        return new Trainer<>(new Nd4jBackend(), task, plan, TrainingChild.checkpoints(root.resolve("2"), 2), second)
                .resume(TrainingChild.train());
    }

    @Test
    void aSecondPhaseStartsFromTheBestOfTheFirstAndResumesToTheSameBits() {
        List<Double> looks = new ArrayList<>();
        TrainingResult whole = phases(folder.resolve("whole"), TrainingListener.NONE, looks);
        assertEquals(10, looks.stream().distinct().count(), "the weights change from step to step: " + looks);
        Path parts = folder.resolve("parts");
        assertThrows(Stopped.class, () -> phases(parts, stoppingAt(5), new ArrayList<>()));
        TrainingResult resumed = phases(parts, TrainingListener.NONE, new ArrayList<>());
        assertArrayEquals(
                whole.lastWeights().floats("head.weight"), resumed.lastWeights().floats("head.weight"));
        assertEquals(Metrics.none(), whole.last());
        assertEquals(0, whole.position().bestEpoch());
    }

    @Test
    void aLossThatIsNotFiniteNamesStepRateAndTensor() {
        BatchSource<ClassificationBatch> poisoned = poisoned(TrainingChild.train(), 5);
        Trainer<ClassificationBatch> trainer =
                TrainingChild.trainer(TrainingChild.checkpoints(folder, 5), TrainingListener.NONE);
        NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> trainer.fit(poisoned));
        assertEquals(3, e.step());
        assertEquals(2 * 0.01 / 3, e.learningRate(), 1e-15);
        assertEquals("input pixels, 1 of the 576 elements of F32 [4, 1, 12, 12]", e.tensor());
        try (TrainingCheckpoint last = TrainingCheckpoint.open(
                TrainingChild.checkpoints(folder, 5).latest().orElseThrow())) {
            assertEquals(2, last.position().step());
            for (String name : last.names()) {
                for (double x : last.tensors().tensor(name).toDoubles()) {
                    assertTrue(Double.isFinite(x), name);
                }
            }
        }
    }

    @Test
    void aRateThatIsTooHighIsTracedToItsTensor() {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.sgd(0, 0), Schedule.constant(1e30))
                .epochs(5)
                .build();
        Trainer<ClassificationBatch> trainer = new Trainer<>(
                new Nd4jBackend(), TrainingChild.task("top1", 0), plan, Checkpoints.none(), TrainingListener.NONE);
        NonFiniteLossException e = assertThrows(NonFiniteLossException.class, () -> trainer.fit(TrainingChild.train()));
        assertEquals(1e30, e.learningRate(), 0);
        assertTrue(e.getMessage().contains("at step " + e.step() + ", learning rate 1.0E30"), e.getMessage());
        assertFalse(e.tensor().isEmpty());
        assertTrue(e.tensor().matches("(%\\d+ = |gradient of |parameter ).*elements of F32 .*"), e.tensor());
    }

    @Test
    void dataThatDoNotFitAreErrorsBeforeTheFirstStep() {
        Trainer<ClassificationBatch> trainer = TrainingChild.trainer(Checkpoints.none(), stoppingAt(1));
        String few = assertThrows(
                        IllegalArgumentException.class, () -> trainer.fit(ShapeImages.training(7, 4, TinyTask.SIDE)))
                .getMessage();
        assertTrue(few.contains("at least one update of 2 batches of 4, got 1 full batches"), few);
    }

    /** Puts a NaN into one batch of the first epoch. */
    private static BatchSource<ClassificationBatch> poisoned(BatchSource<ClassificationBatch> inner, int bad) {
        return BatchSource.generated(inner.batchSize(), inner.batchesPerEpoch(), epoch -> number -> {
            try (BatchIterator<ClassificationBatch> batches = inner.batches(epoch, number)) {
                ClassificationBatch batch = batches.next();
                if (number == bad) {
                    batch.pixels().buffer().asFloatBuffer().put(7, Float.NaN);
                }
                return batch;
            }
        });
    }
}
