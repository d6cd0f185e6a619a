package org.fovea.segmentation.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.core.image.LabelMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingWatershedTest {
    private static final Watershed RULES = new Watershed(0.5, 0.1, 4, 12);

    /** Numbers of an image by rows, with the largest of the rows that were held at once. */
    private static int[] streamed(Watershed rules, float[] probabilities, float[] depths, int height, int width) {
        int[] out = new int[height * width];
        int[] rows = {0};
        StreamingWatershed watershed = new StreamingWatershed(rules, width, 2, (y, ids, classes, given) -> {
            assertEquals(rows[0]++, y);
            for (int x = 0; x < width; x++) {
                assertEquals(probabilities[y * width + x], given[x]);
                assertEquals(ids[x] > 0 ? 2 : 0, classes[x]);
            }
            System.arraycopy(ids, 0, out, y * width, width);
        });
        char[] likeliest = new char[width];
        Arrays.fill(likeliest, (char) 2);
        for (int y = 0; y < height; y++) {
            watershed.add(
                    Arrays.copyOfRange(probabilities, y * width, (y + 1) * width),
                    Arrays.copyOfRange(depths, y * width, (y + 1) * width),
                    likeliest);
        }
        watershed.end();
        assertEquals(height, rows[0]);
        return out;
    }

    private static void assertSame(LabelMask whole, int[] streamed) {
        int largest = 0;
        for (int i = 0; i < streamed.length; i++) {
            int expected = whole.label(i / whole.width(), i % whole.width());
            largest = Math.max(largest, expected);
            assertEquals(expected, streamed[i], "pixel " + i);
        }
        assertTrue(largest > 0, "there are objects");
    }

    /** Noise that was smoothed a few times: objects that touch, with gaps, some of them with objects inside. */
    private static float[] clouds(int height, int width, int smooth, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[height * width];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble();
        }
        for (int pass = 0; pass < smooth; pass++) {
            float[] from = out.clone();
            for (int i = 0; i < out.length; i++) {
                int x = i % width;
                float left = from[x > 0 ? i - 1 : i];
                float right = from[x < width - 1 ? i + 1 : i];
                float up = from[i >= width ? i - width : i];
                float below = from[i + width < out.length ? i + width : i];
                out[i] = (from[i] + left + right + up + below) / 5;
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void objectsAreThoseOfTheWholeImage(long seed) {
        int height = 61;
        int width = 83;
        int smooth = (int) (seed % 3);
        float[] probabilities = clouds(height, width, smooth, seed);
        float[] depths = clouds(height, width, 1 + smooth, seed + 100);
        assertSame(
                RULES.objects(probabilities, depths, height, width),
                streamed(RULES, probabilities, depths, height, width));
    }

    /** A ring whose gap holds a speck: the gap is no gap of one object, whatever is left out for its size. */
    @Test
    void gapWithAnObjectInsideStays() {
        int side = 9;
        float[] probabilities = new float[side * side];
        for (int i = 0; i < probabilities.length; i++) {
            int far = Math.max(Math.abs(i / side - 4), Math.abs(i % side - 4));
            probabilities[i] = far == 3 || far == 0 ? 1 : 0;
        }
        float[] depths = new float[probabilities.length];
        Watershed rules = new Watershed(0.5, 0.1, 4, 64);
        LabelMask whole = rules.objects(probabilities, depths, side, side);
        assertEquals(0, whole.label(4, 4));
        assertSame(whole, streamed(rules, probabilities, depths, side, side));
        probabilities[4 * side + 4] = 0; // now it is a gap, which is filled
        LabelMask filled = rules.objects(probabilities, depths, side, side);
        assertEquals(1, filled.label(4, 4));
        assertSame(filled, streamed(rules, probabilities, depths, side, side));
    }

    /** A bar that is higher than what is held becomes two objects. */
    @Test
    void partOfTooManyRowsIsCut() {
        int height = StreamingWatershed.MOST_ROWS + 40;
        float[] probabilities = new float[height * 3];
        float[] depths = new float[height * 3];
        for (int y = 0; y < height; y++) {
            probabilities[3 * y + 1] = 1;
            depths[3 * y + 1] = 0.5f;
        }
        int[] ids = streamed(RULES, probabilities, depths, height, 3);
        assertEquals(1, ids[3 * (StreamingWatershed.MOST_ROWS - 1) + 1]);
        assertEquals(2, ids[3 * StreamingWatershed.MOST_ROWS + 1]);
        assertEquals(2, ids[3 * (height - 1) + 1]);
    }
}
