package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.fovea.core.ModelFormatException;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

class ImageClassifierTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path directory;

    @Test
    void allKindsOfInputGiveOneResult() throws IOException {
        Path image = Fixtures.image("vit-hf");
        try (ImageClassifier classifier = Fixtures.classifier("vit-hf");
                InputStream stream = Files.newInputStream(image)) {
            Classification expected = classifier.classify(image);
            assertEquals(5, expected.predictions().size());
            assertEquals(expected, classifier.classify(stream));
            assertEquals(expected, classifier.classify(ImageIO.read(image.toFile())));
            Mat mat = Imgcodecs.imread(image.toString());
            assertEquals(expected, classifier.classify(mat));
            mat.release();
            assertSame(expected, classifier.explain(image).classification());
        }
    }

    @Test
    void resultsListTheBestWithTheirLabels() {
        float[] logits = Fixtures.expected("deit-hf").get("logits").toFloats();
        ClassifierOptions options = Fixtures.options().withTopK(2);
        try (ImageClassifier classifier = ImageClassifier.load(Fixtures.directory("deit-hf"), options)) {
            Classification result = classifier.classify(Fixtures.image("deit-hf"));
            assertEquals(2, result.predictions().size());
            Prediction best = result.best();
            for (float logit : logits) {
                assertTrue(best.logit() >= logit - 1e-4, best + " against " + logit);
            }
            assertEquals(classifier.labels().get(best.index()), best.label());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void batchesGiveWhatSingleImagesGive(String backend) {
        List<RgbImage> images = fourImages();
        List<RgbImage> many = new ArrayList<>(images);
        many.addAll(images.subList(0, 3)); // batches of 4: a full one, then 3 filled up
        ClassifierOptions options =
                Fixtures.options().withBackend(Backends.named(backend)).withBatch(4);
        try (ImageClassifier classifier = ImageClassifier.load(Fixtures.directory("vit-hf"), options)) {
            List<Classification> together = classifier.classifyAll(many);
            assertEquals(many.size(), together.size());
            for (int i = 0; i < many.size(); i++) {
                assertSame(classifier.classify(many.get(i)), together.get(i));
            }
            assertNotEquals(
                    together.get(0).best().logit(), together.get(1).best().logit());
            assertEquals(List.of(), classifier.classifyAll(List.of()));
            assertSame(
                    together.get(0), classifier.classifyAll(many.subList(0, 1)).get(0));
        }
    }

    static List<String> backends() {
        return Backends.names();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void eightThreadsGiveWhatOneGives(String backend) throws Exception {
        List<RgbImage> images = fourImages();
        try (ImageClassifier classifier = Fixtures.classifier("dinov2-hf", backend)) {
            List<Classification> alone =
                    images.stream().map(classifier::classify).toList();
            ExecutorService pool = Executors.newFixedThreadPool(8);
            try {
                List<Callable<List<Classification>>> tasks = Collections.nCopies(
                        8, () -> images.stream().map(classifier::classify).toList());
                for (Future<List<Classification>> task : pool.invokeAll(tasks)) {
                    assertEquals(alone, task.get());
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void explanationHoldsTheReferencesAttention() {
        Tensor expected = Fixtures.expected("deit-hf").get("attentions.1");
        Path image = Fixtures.image("deit-hf");
        try (ImageClassifier classifier = Fixtures.classifier("deit-hf")) {
            Explanation why = classifier.explain(image);
            assertEquals(2, why.layers());
            assertEquals(4, why.heads());
            Fixtures.assertClose("attentions.1", expected.reshape(4, 11, 11), why.weights(1), 1e-4);
            float[] p = expected.toFloats();
            float[] map =
                    why.map(1, 2).toFloats(); // head 2: mean of rows 0 (class) and 1 (distillation), patches alone
            assertEquals("F32 [3, 3]", why.map(1, 2).toString());
            for (int i = 0; i < map.length; i++) {
                double byHand = (p[2 * 121 + 2 + i] + p[2 * 121 + 11 + 2 + i]) / 2;
                assertEquals(byHand, map[i], 1e-5);
            }
            float[] mean = new float[9];
            for (int head = 0; head < 4; head++) {
                for (int i = 0; i < 9; i++) {
                    mean[i] += why.map(0, head).toFloats()[i] / 4;
                }
            }
            assertArrayEquals(mean, why.map(0).toFloats(), 1e-6f);
            assertThrows(IndexOutOfBoundsException.class, () -> why.map(0, 4));
            RgbImage original = ImageDecoder.create().decode(image);
            RgbImage drawn = why.draw(why.rollout());
            assertEquals(original.width(), drawn.width());
            assertNotEquals(original, drawn);
        }
    }

    @Test
    void anotherImageSizeIsTaken() {
        ClassifierOptions options = Fixtures.options().withImagePixels(64);
        try (ImageClassifier classifier = ImageClassifier.load(Fixtures.directory("vit-hf"), options)) {
            assertEquals(8, classifier.config().gridRows());
            Explanation why = classifier.explain(Fixtures.image("vit-hf"));
            assertEquals("F32 [8, 8]", why.rollout().toString());
        }
    }

    @Test
    void imageSizeThatIsNoMultipleOfThePatchIsRefused() {
        ClassifierOptions options = Fixtures.options().withImagePixels(33);
        String message = assertThrows(IllegalArgumentException.class, () -> ImageClassifier.load(
                                Fixtures.directory("vit-hf"), options)
                        .close())
                .getMessage();
        assertTrue(message.contains("imageHeight must be a positive multiple of patchPixels, got 33 and 8"), message);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void afterClosingEveryCallSaysSo(String backend) {
        ImageClassifier classifier = Fixtures.classifier("vit-hf", backend);
        Path image = Fixtures.image("vit-hf");
        classifier.classify(image);
        classifier.close();
        classifier.close();
        assertEquals(5, classifier.labels().size());
        for (Runnable call : List.<Runnable>of(() -> classifier.classify(image), () -> classifier.explain(image))) {
            String message =
                    assertThrows(IllegalStateException.class, call::run).getMessage();
            assertTrue(message.contains("must be open"), message);
        }
    }

    @Test
    void brokenImageLeavesTheClassifierInOrder() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.jpg"), "no image");
        try (ImageClassifier classifier = Fixtures.classifier("vit-hf")) {
            assertThrows(ImageException.class, () -> classifier.classify(broken));
            assertEquals(
                    5,
                    classifier.classify(Fixtures.image("vit-hf")).predictions().size());
        }
    }

    @Test
    void preprocessingMustSuitTheModel() throws IOException {
        CheckpointFiles.changed(directory, "vit-hf", tensors -> {});
        Path file = directory.resolve("preprocessor_config.json");
        Files.writeString(file, Files.readString(file).replace("32", "35"));
        String message = assertThrows(
                        ModelFormatException.class, () -> ImageClassifier.load(directory, Fixtures.options())
                                .close())
                .getMessage();
        assertTrue(message.contains("multiple of patchPixels, got 35 and 8"), message);
    }

    private static List<RgbImage> fourImages() {
        List<RgbImage> out = new ArrayList<>();
        RgbImage whole = ImageDecoder.create().decode(Fixtures.image("vit-hf"));
        byte[] samples = whole.toBytes();
        for (int i = 0; i < 4; i++) {
            byte[] changed = samples.clone();
            for (int k = 0; k < changed.length; k++) {
                changed[k] += (byte) (i * 40 + i * (k % 7));
            }
            out.add(RgbImage.of(whole.height(), whole.width(), changed));
        }
        return out;
    }

    /** Another batch adds up in another order, and an explanation computes every token of the last block. */
    private static void assertSame(Classification expected, Classification actual) {
        assertEquals(
                expected.predictions().stream().map(Prediction::index).toList(),
                actual.predictions().stream().map(Prediction::index).toList());
        for (int i = 0; i < expected.predictions().size(); i++) {
            assertEquals(
                    expected.predictions().get(i).logit(),
                    actual.predictions().get(i).logit(),
                    TOLERANCE);
        }
    }
}
