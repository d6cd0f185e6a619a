package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.fovea.core.data.augment.HorizontalFlip;
import org.fovea.core.data.augment.PaddedCrop;
import org.fovea.core.data.augment.RandAugment;
import org.fovea.core.data.augment.RandomErasing;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class ClassificationLoaderTest {
    private static final LoaderOptions FOUR = LoaderOptions.of(4, 7);
    private static final SamplePipeline PLAIN = new TrainingPipeline(8, 8, List.of(), PixelNormalization.half());
    private static final SamplePipeline AUGMENTED = new TrainingPipeline(
            8,
            8,
            List.of(
                    new PaddedCrop(2),
                    new HorizontalFlip(0.5),
                    RandAugment.timm("rand-m9-mstd0.5-inc1"),
                    RandomErasing.of(0.5)),
            PixelNormalization.half());

    /** Everything in a batch, to compare bit by bit. */
    private record Bits(List<Integer> pixels, List<Integer> targets, List<Integer> labels) {
        static Bits of(ClassificationBatch b) {
            return new Bits(
                    bits(b.pixels().toFloats()),
                    bits(b.targets().toFloats()),
                    Arrays.stream(b.labels()).boxed().toList());
        }

        private static List<Integer> bits(float[] values) {
            List<Integer> out = new ArrayList<>();
            for (float v : values) {
                out.add(Float.floatToRawIntBits(v));
            }
            return out;
        }

        /** A digest, as failures print it. */
        @Override
        public String toString() {
            return "Bits[pixels=#" + pixels.hashCode() + ", targets=#" + targets.hashCode() + ", labels=" + labels
                    + "]";
        }
    }

    private static List<Bits> read(ClassificationSource source, int epoch, int first) {
        List<Bits> out = new ArrayList<>();
        try (BatchIterator<ClassificationBatch> batches = source.batches(epoch, first)) {
            while (batches.hasNext()) {
                out.add(Bits.of(batches.next()));
            }
        }
        return out;
    }

    private static List<Bits> augmented(LoaderOptions options, int epoch, int first) {
        try (ClassificationLoader loader =
                ClassificationLoader.training(TestImages.dataset(22), AUGMENTED, MixUpCutMix.of(0.8, 1), options)) {
            return read(loader, epoch, first);
        }
    }

    @Test
    void batchesAreTheSameWhateverTheThreadsAndTheCache() {
        List<Bits> one = augmented(FOUR.withThreads(1).withBatchesAhead(1), 3, 0);
        assertEquals(5, one.size());
        assertEquals(one, augmented(FOUR.withThreads(4).withBatchesAhead(8), 3, 0));
        assertEquals(one, augmented(FOUR.withCacheBytes(0), 3, 0));
        assertEquals(one, augmented(FOUR.withCacheBytes(500), 3, 0));
    }

    @Test
    void epochsAndSeedsDiffer() {
        List<Bits> one = augmented(FOUR, 0, 0);
        assertNotEquals(one, augmented(FOUR, 1, 0));
        assertNotEquals(one, augmented(LoaderOptions.of(4, 8), 0, 0));
    }

    @Test
    void readingFromTheMiddleGivesTheRest() {
        List<Bits> whole = augmented(FOUR, 2, 0);
        assertEquals(whole.subList(3, 5), augmented(FOUR.withThreads(4), 2, 3));
        assertEquals(List.of(), augmented(FOUR, 2, 5));
    }

    @Test
    void evaluationGivesEveryImageOnceInOrder() {
        ImageDataset data = TestImages.dataset(6);
        try (ClassificationLoader loader = ClassificationLoader.evaluation(data, PLAIN, FOUR)) {
            assertEquals(2, loader.batchesPerEpoch());
            try (BatchIterator<ClassificationBatch> batches = loader.batches(0, 0)) {
                ClassificationBatch first = batches.next();
                assertEquals(Shape.of(4, 3, 8, 8), first.pixels().shape());
                assertArrayEquals(new int[] {0, 1, 0, 1}, first.labels());
                assertArrayEquals(
                        new float[] {1, 0, 0, 1, 1, 0, 0, 1}, first.targets().toFloats());
                int red = TestImages.noise(8, 8, 0).pixel(1, 0) >> 16;
                assertEquals(red / 127.5f - 1, first.pixels().toFloats()[1], 1e-6f);
                assertEquals(2, batches.next().count());
                assertFalse(batches.hasNext());
                assertThrows(NoSuchElementException.class, batches::next);
            }
        }
    }

    @Test
    void lastBatchIsDroppedOrKept() {
        ImageDataset data = TestImages.dataset(6);
        LoaderOptions keep = FOUR.withLastBatch(LastBatch.KEEP);
        try (ClassificationLoader dropping = ClassificationLoader.training(data, PLAIN, BatchMix.none(), FOUR);
                ClassificationLoader keeping = ClassificationLoader.training(data, PLAIN, BatchMix.none(), keep)) {
            assertEquals(1, read(dropping, 0, 0).size());
            List<Bits> kept = read(keeping, 0, 0);
            assertEquals(2, kept.get(1).labels().size());
            assertEquals(
                    6,
                    kept.stream()
                            .flatMap(b -> split(b.pixels()))
                            .collect(Collectors.toSet())
                            .size());
        }
    }

    /** The images of a batch. */
    private static java.util.stream.Stream<List<Integer>> split(List<Integer> pixels) {
        List<List<Integer>> out = new ArrayList<>();
        for (int i = 0; i < pixels.size(); i += 192) {
            out.add(pixels.subList(i, i + 192));
        }
        return out.stream();
    }

    @Test
    void brokenImagesAreReplacedInTrainingAndListed() {
        ImageDataset data = TestImages.withBroken(12, List.of(2, 5));
        try (ClassificationLoader loader = ClassificationLoader.training(data, PLAIN, BatchMix.none(), FOUR)) {
            List<Bits> batches = read(loader, 0, 0);
            batches.forEach(b -> assertEquals(4, b.labels().size()));
            assertEquals(batches, read(loader, 0, 0));
            assertEquals(
                    List.of("broken2", "broken5"),
                    loader.broken().stream().map(BrokenImage::name).toList());
            assertTrue(
                    loader.broken().get(0).problem().contains("01 02 03"),
                    loader.broken().toString());
        }
    }

    @Test
    void brokenImagesAreLeftOutOfEvaluation() {
        ImageDataset data = TestImages.withBroken(9, List.of(1, 4, 5, 6, 7));
        try (ClassificationLoader loader = ClassificationLoader.evaluation(data, PLAIN, FOUR)) {
            List<Bits> batches = read(loader, 0, 0);
            assertEquals(
                    List.of(3, 1), batches.stream().map(b -> b.labels().size()).toList());
            assertEquals(5, loader.broken().size());
        }
    }

    @Test
    void moreBrokenImagesThanAllowedAreAnError() {
        ImageDataset data = TestImages.withBroken(12, List.of(2, 5));
        try (ClassificationLoader loader =
                ClassificationLoader.training(data, PLAIN, BatchMix.none(), FOUR.withBrokenLimit(1))) {
            DataSetException e = assertThrows(DataSetException.class, () -> read(loader, 0, 0));
            assertTrue(e.getMessage().contains("noise: at most 1 images may be broken, got 2"), e.getMessage());
        }
    }

    @Test
    void allBrokenIsAnError() {
        ImageDataset data = TestImages.withBroken(4, List.of(0, 1, 2, 3));
        try (ClassificationLoader loader = ClassificationLoader.training(data, PLAIN, BatchMix.none(), FOUR)) {
            DataSetException e = assertThrows(DataSetException.class, () -> read(loader, 0, 0));
            assertTrue(e.getMessage().contains("got none of 4"), e.getMessage());
        }
    }

    @Test
    void decodedImagesAreKeptWithinTheBound() {
        AtomicInteger reads = new AtomicInteger();
        List<LabeledImage> samples = TestImages.dataset(8).samples().stream()
                .map(s -> new LabeledImage(s.name(), s.label(), () -> {
                    reads.incrementAndGet();
                    return s.source().read();
                }))
                .toList();
        ImageDataset data = new ImageDataset("counted", List.of("cat", "dog"), samples);
        LoaderOptions three = FOUR.withCacheBytes(3 * 192 + 100).withThreads(1);
        try (ClassificationLoader loader = ClassificationLoader.evaluation(data, PLAIN, three)) {
            read(loader, 0, 0);
            assertEquals(8, reads.get());
            read(loader, 1, 0);
            assertEquals(8 + 5, reads.get());
        }
    }

    @Test
    void memoryIsBoundedWhenNobodyReads() throws InterruptedException {
        TreeSet<Integer> made = new TreeSet<>();
        ImageDataset data = TestImages.dataset(40);
        SamplePipeline counting = new SamplePipeline() {
            @Override
            public Shape shape() {
                return PLAIN.shape();
            }

            @Override
            public void write(
                    org.fovea.core.image.RgbImage image,
                    java.util.random.RandomGenerator random,
                    java.nio.FloatBuffer target) {
                synchronized (made) {
                    made.add(target.position() + 10_000 * made.size());
                }
                PLAIN.write(image, random, target);
            }
        };
        ClassificationLoader loader = ClassificationLoader.evaluation(data, counting, FOUR.withBatchesAhead(3));
        loader.batches(0, 0);
        loader.close(); // Waits for what was begun.
        assertTrue(made.size() <= 3 * 4, "3 batches of 4 ahead, got " + made.size() + " images");
        assertTrue(made.size() > 0);
    }

    @Test
    void closingEndsTheThreads() {
        ClassificationLoader loader =
                ClassificationLoader.training(TestImages.dataset(8), PLAIN, BatchMix.none(), FOUR);
        BatchIterator<ClassificationBatch> open = loader.batches(0, 0);
        open.next();
        loader.close();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> loader.batches(0, 0));
        assertTrue(e.getMessage().contains("is closed"), e.getMessage());
    }

    /** A reader of a zip that is closed under it would take a good image for a broken one. */
    @Test
    void closingWaitsForReadersEvenWhenInterrupted() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        byte[] png = TestImages.noise(8, 8, 1).toPng();
        LabeledImage slow = new LabeledImage("slow", 0, () -> {
            reading.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            return png;
        });
        ClassificationLoader loader =
                ClassificationLoader.evaluation(new ImageDataset("slow", List.of("cat"), List.of(slow)), PLAIN, FOUR);
        loader.batches(0, 0);
        reading.await();
        AtomicBoolean interruptKept = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            loader.close();
            interruptKept.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        closer.interrupt();
        closer.join(300);
        assertTrue(closer.isAlive(), "close returned while an image was read");
        mayEnd.countDown();
        closer.join();
        assertTrue(interruptKept.get());
        assertEquals(List.of(), loader.broken());
    }

    @Test
    void dataThatCannotBeTrainedIsAnErrorAtOnce() {
        ImageDataset few = TestImages.dataset(3);
        DataSetException e = assertThrows(
                DataSetException.class, () -> ClassificationLoader.training(few, PLAIN, BatchMix.none(), FOUR));
        assertTrue(e.getMessage().contains("got 3 images and batches of 4"), e.getMessage());
        ImageDataset one = new ImageDataset("one", List.of("cat"), few.samples().subList(0, 1));
        e = assertThrows(
                DataSetException.class, () -> ClassificationLoader.training(one, PLAIN, BatchMix.none(), FOUR));
        assertTrue(e.getMessage().contains("at least 2 classes"), e.getMessage());
    }

    @Test
    void imagesOfAnotherSizeAreAnError() {
        SamplePipeline nine = new TrainingPipeline(9, 9, List.of(), PixelNormalization.half());
        try (ClassificationLoader loader = ClassificationLoader.evaluation(TestImages.dataset(4), nine, FOUR)) {
            DataSetException e = assertThrows(DataSetException.class, () -> read(loader, 0, 0));
            assertTrue(e.getMessage().contains("as 9 x 9, got RGB 8 x 8"), e.getMessage());
        }
    }
}
