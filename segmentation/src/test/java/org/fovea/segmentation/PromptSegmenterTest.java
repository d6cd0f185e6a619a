package org.fovea.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PromptSegmenterTest {
    private static final Path FIXTURE = FixtureFiles.of("sam");
    private static final Map<String, Tensor> EXPECTED = FixtureFiles.expected("sam");
    private static final Map<String, Prompt> PROMPTS = Map.of(
            "point", Prompt.at(48, 40),
            "points", Prompt.at(48, 40).without(96, 8),
            "box", Prompt.box(24, 8, 84, 72));
    private static final RgbImage IMAGE = ImageDecoder.create().decode(FIXTURE.resolve("image.png"));
    private static final double TOLERANCE = 1e-4;

    private static PromptSegmenter segmenter;
    private static ImageEmbedding embedding;

    @BeforeAll
    static void load() {
        segmenter =
                PromptSegmenter.load(FIXTURE, PromptSegmenterOptions.defaults().withBatch(4));
        embedding = segmenter.embed(FIXTURE.resolve("image.png"));
    }

    @AfterAll
    static void close() {
        embedding.close();
        segmenter.close();
    }

    static Stream<String> backends() {
        return Backends.names().stream();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void dumpEqualsTheReference(String backend) {
        PromptSegmenterOptions options = PromptSegmenterOptions.defaults().withBackend(Backends.named(backend));
        try (PromptSegmenter loaded = PromptSegmenter.load(FIXTURE, options)) {
            PROMPTS.forEach((name, prompt) -> {
                Map<String, Tensor> dump = loaded.dump(IMAGE, prompt);
                Tensors.assertClose(name, EXPECTED.get("pixel_values"), dump.get("pixel_values"), 1e-6);
                Tensors.assertClose(name, EXPECTED.get("image_embeddings"), dump.get("image_embeddings"), TOLERANCE);
                Tensors.assertClose(name, EXPECTED.get(name + ".pred_masks"), dump.get("pred_masks"), TOLERANCE);
                Tensors.assertClose(name, EXPECTED.get(name + ".iou_scores"), dump.get("iou_scores"), TOLERANCE);
                assertSamePixels(EXPECTED.get(name + ".masks"), dump.get("masks"), name);
                assertEquals(5, dump.size());
            });
        }
    }

    /** Every pixel but those whose logit is as good as the threshold. */
    private static void assertSamePixels(Tensor expected, Tensor actual, String name) {
        assertEquals(expected.shape(), actual.shape());
        long[] e = expected.toLongs();
        long[] a = actual.toLongs();
        float[] small = EXPECTED.get(name + ".pred_masks").toFloats();
        MaskFrame frame = embedding.frame();
        int pixels = frame.height() * frame.width();
        for (int m = 0; m < 3; m++) {
            int mask = m;
            frame.enlarge(small, m * frame.maskPixels() * frame.maskPixels(), (y, row) -> {
                for (int x = 0; x < row.length; x++) {
                    int i = mask * pixels + y * row.length + x;
                    assertTrue(e[i] == a[i] || Math.abs(row[x]) < 1e-5, name + " differs at " + x + "," + y);
                }
            });
        }
    }

    @Test
    void promptsOfAllFormsComeBackInTheirOrder() {
        List<Prompt> all = new ArrayList<>(PROMPTS.values());
        for (int i = 0; i < 5; i++) {
            all.add(Prompt.at(10 * i, 5 * i));
        }
        all.add(Prompt.at(3, 4).certain());
        all.add(Prompt.at(3, 4).from(segmenter.masks(embedding, all.get(0)).best()));
        List<PromptMasks> together = segmenter.masks(embedding, all);
        assertEquals(all.size(), together.size());
        for (int i = 0; i < all.size(); i++) {
            List<PredictedMask> alone = segmenter.masks(embedding, all.get(i)).all();
            assertEquals(alone.size(), together.get(i).all().size());
            for (int m = 0; m < alone.size(); m++) {
                PredictedMask other = together.get(i).all().get(m);
                Tensors.assertClose("prompt " + i, alone.get(m).logits(), other.logits(), TOLERANCE);
                assertEquals(alone.get(m).predictedIou(), other.predictedIou(), TOLERANCE);
            }
        }
        assertEquals(1, together.get(8).all().size());
    }

    @Test
    void anEarlierMaskChangesTheAnswer() {
        PredictedMask first = segmenter.masks(embedding, Prompt.at(3, 4)).best();
        PredictedMask again =
                segmenter.masks(embedding, Prompt.at(3, 4).from(first)).best();
        assertFalse(Arrays.equals(first.logits().toFloats(), again.logits().toFloats()));
        assertEquals(Shape.of(32, 32), again.logits().shape());
        assertEquals(
                List.of(80, 120), List.of(again.mask().height(), again.mask().width()));
        Tensor wrong = Tensor.of(new float[4], 2, 2);
        assertError(
                "an earlier mask must be logits [32, 32]",
                () -> segmenter.masks(embedding, Prompt.at(3, 4).from(wrong)));
    }

    @Test
    void placesOutsideTheImageAreRefused() {
        assertError(
                "a point must lie on the image, x from 0 to below 120 and y from 0 to below 80, got 120.0,4.0",
                () -> segmenter.masks(embedding, Prompt.at(120, 4)));
        assertError(
                "got 3.0,-1.0", () -> segmenter.masks(embedding, Prompt.at(3, 4).without(3, -1)));
        assertError(
                "a box must lie on the image, x from 0 to 120 and y from 0 to 80, got a corner at 121.0,10.0",
                () -> segmenter.masks(embedding, Prompt.box(0, 0, 121, 10)));
        assertError("left below right", () -> Prompt.box(5, 0, 5, 10));
        assertError("be finite", () -> Prompt.at(Double.NaN, 0));
        assertError("got 130.0,4.0", () -> segmenter.explain(IMAGE, Prompt.at(130, 4)));
    }

    private static void assertError(String part, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void closedAndForeignEmbeddingsAreRefused() {
        ImageEmbedding own = segmenter.embed(IMAGE);
        own.close();
        own.close();
        assertThrows(IllegalStateException.class, () -> segmenter.masks(own, Prompt.at(3, 4)));
        PromptSegmenter other = PromptSegmenter.load(FIXTURE);
        assertError("of the segmenter that is asked", () -> other.masks(embedding, Prompt.at(3, 4)));
        other.close();
        assertThrows(IllegalStateException.class, () -> other.embed(IMAGE));
    }

    @Test
    void threadsGetTheSameAnswers() {
        List<CompletableFuture<PredictedMask>> futures = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        segmenter.masks(embedding, Prompt.at(7 * (i % 4), 9)).best()))
                .toList();
        for (int i = 0; i < 8; i++) {
            PredictedMask alone =
                    segmenter.masks(embedding, Prompt.at(7 * (i % 4), 9)).best();
            assertEquals(alone.mask(), futures.get(i).join().mask());
        }
    }

    @Test
    void everythingKeepsWhatTheRulesKeep() {
        List<PredictedMask> all = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            Prompt prompt = Prompt.at((i % 6 + 0.5) / 6 * 120, (i / 6 + 0.5) / 6 * 80);
            all.addAll(segmenter.masks(embedding, prompt).all());
        }
        // the fixture's weights are random, so the bounds are those between which its numbers lie
        double offset = 0.05;
        double iou = 0.1;
        double stability = median(all.stream()
                .filter(m -> m.predictedIou() > iou)
                .map(m -> stability(m, offset))
                .toList());
        List<PredictedMask> good = all.stream()
                .filter(m -> m.predictedIou() > iou && stability(m, offset) > stability)
                .sorted(Comparator.comparingDouble(PredictedMask::predictedIou).reversed())
                .toList();
        List<BinaryMask> expected = good.stream().map(PredictedMask::mask).toList();
        assertTrue(expected.size() > 5 && expected.size() < all.size() / 3, expected.toString());
        EverythingOptions rules = EverythingOptions.defaults()
                .withPointsPerSide(6)
                .withLeast(iou, stability)
                .withStabilityOffset(offset)
                .withMostOverlap(1);
        List<PredictedMask> found = segmenter.everything(embedding, rules);
        assertEquals(expected, found.stream().map(PredictedMask::mask).toList());
        // all of them reach over the whole image: the best suppresses the others
        List<PredictedMask> best = segmenter.everything(embedding, rules.withMostOverlap(0.7));
        assertEquals(
                expected.subList(0, 1), best.stream().map(PredictedMask::mask).toList());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Pixels above the offset, of those above its negative. */
    private static double stability(PredictedMask mask, double offset) {
        double[] counts = new double[2];
        embedding.frame().enlarge(mask.logits().toFloats(), 0, (y, row) -> {
            for (float logit : row) {
                counts[0] += logit > offset ? 1 : 0;
                counts[1] += logit > -offset ? 1 : 0;
            }
        });
        return counts[0] / counts[1];
    }

    @Test
    void everythingLooksAtCropsAgain() {
        EverythingOptions rules = EverythingOptions.defaults()
                .withPointsPerSide(2)
                .withLeast(0, 0)
                .withStabilityOffset(0.05)
                .withCropLayers(1)
                .withLeastArea(3);
        List<PredictedMask> found = segmenter.everything(IMAGE, rules);
        assertFalse(found.isEmpty());
        found.forEach(m -> {
            assertEquals(List.of(80, 120), List.of(m.mask().height(), m.mask().width()));
            assertTrue(m.mask().right() <= 120 && m.mask().bottom() <= 80, m.toString());
        });
        assertError("crops need the image", () -> segmenter.everything(embedding, rules));
    }

    @Test
    void explanationDrawsWhereEachMaskLooked() {
        PromptExplanation explanation = segmenter.explain(IMAGE, Prompt.at(48, 40));
        assertEquals(3, explanation.masks().all().size());
        for (int m = 0; m < 3; m++) {
            double sum = Arrays.stream(explanation.map(m).toDoubles()).sum();
            assertEquals(1, sum, 1e-4);
        }
        assertEquals(4, explanation.heads());
        assertTrue(explanation.draw().width() >= 3 * IMAGE.width());
        assertEquals(IMAGE.height(), explanation.draw(explanation.map(0, 1)).height());
    }

    @Test
    void aProcessorOfAnotherSizeIsExplained(@TempDir Path folder) throws IOException {
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(FIXTURE.resolve(file), folder.resolve(file));
        }
        Files.writeString(
                folder.resolve("preprocessor_config.json"), "{\"image_processor_type\": \"SamImageProcessor\"}");
        var e = assertThrows(ModelFormatException.class, () -> PromptSegmenter.load(folder));
        assertTrue(e.getMessage().contains("got [3, 1024, 1024] and [3, 64, 64]"), e.getMessage());
    }
}
