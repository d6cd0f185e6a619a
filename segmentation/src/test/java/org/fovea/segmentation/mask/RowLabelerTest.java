package org.fovea.segmentation.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.InputGeometry;
import org.junit.jupiter.api.Test;

class RowLabelerTest {
    private static ScoreMap random(int outputs, int rows, int columns, InputGeometry geometry) {
        Random random = new Random(outputs + 31L * rows + columns);
        float[] values = new float[outputs * rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return ScoreMap.of(outputs, rows, columns, values, geometry);
    }

    @Test
    void labelsAreThoseOfTheLargestBilinearScore() {
        int[][] sizes = {{5, 7, 9, 33, 41}, {3, 1, 4, 10, 5}, {4, 6, 1, 3, 8}, {2, 8, 8, 8, 8}, {6, 9, 9, 4, 5}};
        for (int[] s : sizes) {
            ScoreMap map = random(s[0], s[1], s[2], new InputGeometry(0, 0, s[4], s[3]));
            assertLargest(map, s[3], s[4]);
        }
        assertLargest(random(4, 5, 6, new InputGeometry(0, 0, 24, 20)), 18, 22); // the grid reaches beyond the image
        assertLargest(random(4, 5, 6, new InputGeometry(-3, 2, 30, 19)), 23, 27);
    }

    private static void assertLargest(ScoreMap map, int height, int width) {
        Segmentation result = new SemanticDecoder()
                .decode(map, List.of("a", "b", "c", "d", "e", "f").subList(0, map.outputs()), height, width);
        float[][] planes = new float[map.outputs()][];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = map.atPixels(k, height, width);
        }
        for (int i = 0; i < height * width; i++) {
            int label = result.classes().label(i / width, i % width);
            for (float[] plane : planes) {
                assertTrue(planes[label][i] >= plane[i] - 1e-5, "pixel " + i);
            }
        }
    }

    /** PyTorch's interpolate([[0, 1], [2, 4]], size = (4, 4), mode = bilinear, align_corners = False), by hand. */
    @Test
    void betweenPlacesScoresAreBilinear() {
        ScoreMap map = ScoreMap.of(1, 2, 2, new float[] {0, 1, 2, 4}, new InputGeometry(0, 0, 4, 4));
        float[] expected = {
            0, 0.25f, 0.75f, 1, 0.5f, 0.8125f, 1.4375f, 1.75f, 1.5f, 1.9375f, 2.8125f, 3.25f, 2, 2.5f, 3.5f, 4
        };
        float[] actual = map.atPixels(0, 4, 4);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-6, "pixel " + i);
        }
    }

    @Test
    void segmentsHaveAreaCentroidBoxAndScore() {
        float far = 30;
        ScoreMap map = ScoreMap.of(2, 1, 2, new float[] {far, 0, 0, far}, new InputGeometry(0, 0, 4, 3));
        Segmentation result = new SemanticDecoder().decode(map, List.of("left", "right"), 3, 4);
        Segment left = result.segments().stream()
                .filter(s -> s.label().equals("left"))
                .findFirst()
                .orElseThrow();
        assertEquals(new Segment(0, 0, "left", 6, 1, 1.5, 0, 0, 2, 3, 1), left);
        assertEquals(0.5, result.share(left));
        assertEquals(1, result.classes().label(2, 3));
    }

    @Test
    void scoresThatAreNoNumbersAreNoAnswer() {
        ScoreMap map = ScoreMap.of(2, 1, 1, new float[] {0, Float.NaN}, new InputGeometry(0, 0, 1, 1));
        String text = assertThrows(
                        ImageException.class, () -> new SemanticDecoder().decode(map, List.of("a", "b"), 1, 1))
                .getMessage();
        assertTrue(text.contains("must be finite"), text);
    }
}
