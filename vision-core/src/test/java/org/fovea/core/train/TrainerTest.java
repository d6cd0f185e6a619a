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
import java.util.stream.Stream;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.data.Batch;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.tensor.Shape;
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
        TrainingResult unbroken = TrainingChild.run(TrainingChild.store(whole, 100), TrainingListener.NONE);
        Path parts = folder.resolve("parts");
        for (int stop : new int[] {3, 5, 9}) {
            assertThrows(Stopped.class, () -> TrainingChild.run(TrainingChild.store(parts, 100), stoppingAt(stop)));
        }
        TrainingResult resumed = TrainingChild.run(TrainingChild.store(parts, 100), TrainingListener.NONE);
        assertArrayEquals(end(whole), end(parts));
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("best.safetensors")),
                Files.readAllBytes(parts.resolve("best.safetensors")));
        assertEquals(unbroken.position(), resumed.position());
        assertTrue(TrainingChild.same(unbroken.last(), resumed.last()));
        assertArrayEquals(
                unbroken.bestWeights().floats("head.weight"),
                resumed.bestWeights().floats("head.weight"));
        TrainingResult again = TrainingChild.run(TrainingChild.store(parts, 100), TrainingListener.NONE);
        assertTrue(TrainingChild.same(unbroken.last(), again.last()));
    }

    @Test
    void trainingLearnsAndReports() {
        List<TrainingListener.Step> steps = new ArrayList<>();
        List<TrainingListener.Epoch> epochs = new ArrayList<>();
        TrainingChild.run(CheckpointStore.none(), new TrainingListener() {
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
        assertEquals(10, epochs.get(2).validation().images());
    }

    @Test
    void onlyTheLastCheckpointsStay() throws IOException {
        TrainingChild.run(TrainingChild.store(folder, 2), TrainingListener.NONE);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("best.safetensors", "step-0000000014.safetensors", "step-0000000015.safetensors"),
                    files.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aRunOfAnotherRecipeDoesNotResume() {
        assertThrows(Stopped.class, () -> TrainingChild.run(TrainingChild.store(folder, 2), stoppingAt(3)));
        CheckpointStore other = CheckpointStore.in(folder, 2, 2, "{\"test\": false}");
        String recipe = assertThrows(
                        IllegalArgumentException.class, () -> TrainingChild.run(other, TrainingListener.NONE))
                .getMessage();
        assertTrue(recipe.contains("own recipe and seed, {\"test\": true} and 11, got {\"test\": false}"), recipe);
        Trainer trainer = TrainingChild.trainer(TrainingChild.store(folder, 2), TrainingListener.NONE);
        String anew = assertThrows(
                        IllegalStateException.class,
                        () -> trainer.fit(TrainingChild.train(), TrainingChild.validation()))
                .getMessage();
        assertTrue(anew.contains("step-0000000002.safetensors; resume it"), anew);
    }

    @Test
    void impatienceEndsTheRun() {
        TrainingSettings settings = TrainingSettings.builder()
                .epochs(50)
                .patience(2)
                .metric(BestMetric.LOSS)
                .build();
        TrainingRecipe recipe = TrainingRecipe.of(settings, Optimizer.sgd(0.9, 0), Schedule.constant(0));
        Trainer trainer =
                new Trainer(new Nd4jBackend(), new TinyModel(), recipe, CheckpointStore.none(), TrainingListener.NONE);
        TrainingResult result = trainer.fit(TrainingChild.train(), TrainingChild.validation());
        assertEquals(3, result.position().epoch());
        assertEquals(0, result.position().bestEpoch());
    }

    @Test
    void aLossThatIsNotFiniteNamesStepRateAndTensor() {
        BatchSource poisoned = new Poisoned(TrainingChild.train(), 5);
        Trainer trainer = TrainingChild.trainer(TrainingChild.store(folder, 5), TrainingListener.NONE);
        NonFiniteLossException e =
                assertThrows(NonFiniteLossException.class, () -> trainer.fit(poisoned, TrainingChild.validation()));
        assertEquals(3, e.step());
        assertEquals(2 * 0.01 / 3, e.learningRate(), 1e-15);
        assertEquals("input pixel_values, 1 of the 576 elements of F32 [4, 1, 12, 12]", e.tensor());
        try (TrainingCheckpoint last =
                TrainingCheckpoint.open(TrainingChild.store(folder, 5).latest().orElseThrow())) {
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
        TrainingSettings settings = TrainingSettings.builder().epochs(5).build();
        TrainingRecipe recipe = TrainingRecipe.of(settings, Optimizer.sgd(0, 0), Schedule.constant(1e30));
        Trainer trainer =
                new Trainer(new Nd4jBackend(), new TinyModel(), recipe, CheckpointStore.none(), TrainingListener.NONE);
        NonFiniteLossException e = assertThrows(
                NonFiniteLossException.class, () -> trainer.fit(TrainingChild.train(), TrainingChild.validation()));
        assertEquals(1e30, e.learningRate(), 0);
        assertTrue(e.getMessage().contains("at step " + e.step() + ", learning rate 1.0E30"), e.getMessage());
        assertFalse(e.tensor().isEmpty());
        assertTrue(e.tensor().matches("(%\\d+ = |gradient of |parameter ).*elements of F32 .*"), e.tensor());
    }

    @Test
    void dataThatDoNotFitAreErrorsBeforeTheFirstStep() {
        Trainer trainer = TrainingChild.trainer(CheckpointStore.none(), stoppingAt(1));
        String few = assertThrows(
                        IllegalArgumentException.class,
                        () -> trainer.fit(ShapeImages.training(7, 4, TinyModel.SIDE), TrainingChild.validation()))
                .getMessage();
        assertTrue(few.contains("at least one update of 2 batches of 4, got 1 full batches"), few);
        BatchSource more = new Poisoned(TrainingChild.train(), -1) {
            @Override
            public List<String> classNames() {
                return List.of("a", "b", "c", "d", "e");
            }
        };
        String head = assertThrows(IllegalArgumentException.class, () -> trainer.fit(more, more))
                .getMessage();
        assertTrue(head.contains("must be [4, 5] for this data, got [4, 4]; give the model a head"), head);
    }

    /** Puts a NaN into one batch of the first epoch. */
    private static class Poisoned implements BatchSource {
        private final BatchSource inner;
        private final int bad;

        Poisoned(BatchSource inner, int bad) {
            this.inner = inner;
            this.bad = bad;
        }

        @Override
        public List<String> classNames() {
            return inner.classNames();
        }

        @Override
        public Shape imageShape() {
            return inner.imageShape();
        }

        @Override
        public int batchSize() {
            return inner.batchSize();
        }

        @Override
        public int batchesPerEpoch() {
            return inner.batchesPerEpoch();
        }

        @Override
        public BatchIterator batches(int epoch, int firstBatch) {
            BatchIterator from = inner.batches(epoch, firstBatch);
            return new BatchIterator() {
                private int number = firstBatch;

                @Override
                public boolean hasNext() {
                    return from.hasNext();
                }

                @Override
                public Batch next() {
                    Batch batch = from.next();
                    if (number++ == bad) {
                        batch.pixels().buffer().asFloatBuffer().put(7, Float.NaN);
                    }
                    return batch;
                }

                @Override
                public void close() {
                    from.close();
                }
            };
        }

        @Override
        public void close() {}
    }
}
