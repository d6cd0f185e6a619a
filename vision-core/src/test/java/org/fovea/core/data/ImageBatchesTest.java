package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class ImageBatchesTest {
    private final Widths model = new Widths();

    /** Tells an image's width, and keeps the sizes of its batches. */
    private static final class Widths implements BatchModel<Integer, Integer> {
        private final List<Integer> rows = Collections.synchronizedList(new ArrayList<>());
        private final List<Integer> compiled = new ArrayList<>();

        @Override
        public Integer prepare(RgbImage image) {
            return image.width();
        }

        @Override
        public List<Integer> compute(List<Integer> images, int size) {
            rows.add(size);
            return images;
        }

        @Override
        public void compile(int size) {
            compiled.add(size);
        }
    }

    private static RgbImage image(int width) {
        return RgbImage.from(new BufferedImage(width, 2, BufferedImage.TYPE_INT_RGB));
    }

    private List<Integer> run(ImageBatches<Integer, Integer> batches, Iterable<Integer> widths) {
        List<Integer> out = new ArrayList<>();
        batches.run(widths, ImageBatchesTest::image, outcome -> {
            assertEquals(outcome.input(), outcome.get());
            out.add(outcome.get());
        });
        return out;
    }

    @Test
    void allFillsALargeRestAndComputesASmallOneSingly() {
        List<RgbImage> images =
                IntStream.rangeClosed(1, 7).mapToObj(i -> image(i)).toList();
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), ImageBatches.of(model, 4).all(images));
        assertEquals(List.of(4, 4), model.rows);
        model.rows.clear();
        assertEquals(List.of(1, 2, 3, 4, 5, 6), ImageBatches.of(model, 4).all(images.subList(0, 6)));
        assertEquals(List.of(4, 1, 1), model.rows);
    }

    @Test
    void runFillsTheRestOfACollectionAndCompilesItsProgramFirst() {
        assertEquals(List.of(1, 2, 3, 4, 5), run(ImageBatches.of(model, 4), List.of(1, 2, 3, 4, 5)));
        assertEquals(List.of(4, 4), model.rows);
        assertEquals(List.of(4), model.compiled);
    }

    @Test
    void runComputesASmallRestOfAnUnknownNumberSinglyUnlessFilled() {
        List<Integer> widths = List.of(1);
        assertEquals(widths, run(ImageBatches.of(model, 4), widths::iterator));
        assertEquals(List.of(1), model.rows);
        assertEquals(widths, run(ImageBatches.of(model, 4).filled(), widths::iterator));
        assertEquals(List.of(1, 4), model.rows);
        assertTrue(model.compiled.isEmpty());
    }

    @Test
    void filesTellsAFailureAsAnOutcomeAndRefusesOnePath() {
        List<Outcome<Path, Integer>> outcomes = ImageBatches.of(model, 4).files(List.of(Path.of("no-such.png")));
        assertInstanceOf(Outcome.Failed.class, outcomes.get(0));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> ImageBatches.of(model, 4).files(Path.of("a", "b"), o -> {}));
        assertTrue(e.getMessage().contains("one path"), e.getMessage());
    }

    @Test
    void singlyGivesAnImagesFailureToThatImageAlone() {
        List<String> out = new ArrayList<>();
        ImageBatches.<Integer, Integer>singly(
                List.of(1, 2, 3),
                ImageBatchesTest::image,
                image -> {
                    if (image.width() == 2) {
                        throw new ImageException("two", "is even", null);
                    }
                    return image.width();
                },
                outcome -> out.add(
                        outcome instanceof Outcome.Failed
                                ? "failed"
                                : outcome.get().toString()));
        assertEquals(List.of("1", "failed", "3"), out);
    }
}
