package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AlignmentMatrixTest {
    private static final int VIOLET = 0x440154;
    private static final int YELLOW = 0xfde725;
    private static final float[][] SWAP = {{0, 1}, {1, 0}};

    private static Set<Integer> colors(RgbImage image) {
        Set<Integer> out = new HashSet<>();
        for (int i = 0; i < image.width() * image.height(); i++) {
            out.add(image.pixel(i % image.width(), i / image.width()));
        }
        return out;
    }

    @Test
    void cellsLieRowByRowInTheMapsColors() {
        RgbImage out = AlignmentMatrix.of(SWAP, List.of(), List.of()).draw();
        // Without labels the table begins 8 pixels from the corner, in cells of 46.
        assertEquals(VIOLET, out.pixel(10, 10));
        assertEquals(YELLOW, out.pixel(10 + 46, 10));
        assertEquals(YELLOW, out.pixel(10, 10 + 46));
        assertEquals(0xffffff, out.pixel(4, 4));
    }

    @Test
    void rangeSetsTheScale() {
        RgbImage out =
                AlignmentMatrix.of(SWAP, List.of(), List.of()).withRange(0, 2).draw();
        int half = Viridis.rgb(0.5);
        assertEquals(half, out.pixel(10 + 46, 10));
        assertTrue(colors(out).contains(Viridis.rgb(0.5)));
    }

    @Test
    void tensorsAreReadLikeRows() {
        List<String> words = List.of("a", "b");
        assertEquals(
                AlignmentMatrix.of(SWAP, words, words).draw(),
                AlignmentMatrix.of(Tensor.of(new float[] {0, 1, 1, 0}, 2, 2), words, words)
                        .draw());
    }

    @Test
    void longLabelsAndAxesFindRoom() {
        RgbImage bare = AlignmentMatrix.of(SWAP, List.of(), List.of()).draw();
        String longest = "a label much longer than its cell";
        RgbImage labelled = AlignmentMatrix.of(SWAP, List.of(longest, "b"), List.of("c", longest))
                .withAxes("down", "across")
                .draw();
        int width = Canvas.width(longest, Canvas.NORMAL);
        assertTrue(labelled.width() >= bare.width() + width, labelled + " from " + bare);
        assertTrue(labelled.height() >= bare.height() + 0.8 * width, labelled + " from " + bare);
        // Nothing is cut: the outermost pixels are paper.
        for (int x = 0; x < labelled.width(); x++) {
            assertEquals(0xffffff, labelled.pixel(x, 0));
            assertEquals(0xffffff, labelled.pixel(x, labelled.height() - 1));
        }
        for (int y = 0; y < labelled.height(); y++) {
            assertEquals(0xffffff, labelled.pixel(0, y));
            assertEquals(0xffffff, labelled.pixel(labelled.width() - 1, y));
        }
    }

    @Test
    void manyCellsShrinkTheirSize() {
        RgbImage out =
                AlignmentMatrix.of(new float[100][100], List.of(), List.of()).draw();
        assertTrue(out.width() < 700 && out.height() < 700, out.toString());
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> AlignmentMatrix.of(SWAP, List.of("only"), List.of()));
        assertTrue(e.getMessage().contains("a label for each of the 2 rows, or none, got [only]"), e.getMessage());
    }

    @Test
    void refusesBadWeightsAndRanges() {
        var nan = assertThrows(
                IllegalArgumentException.class,
                () -> AlignmentMatrix.of(new float[][] {{Float.NaN}}, List.of(), List.of()));
        assertTrue(nan.getMessage().startsWith("AlignmentMatrix: weights must be finite, got NaN"), nan.getMessage());
        AlignmentMatrix good = AlignmentMatrix.of(SWAP, List.of(), List.of());
        for (double high : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> good.withRange(0, high), "high " + high);
        }
    }
}
