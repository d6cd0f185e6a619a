package org.fovea.segmentation.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TileRunTest {
    private static final int UNIT = 4;

    private static RgbImage noise(int height, int width) {
        byte[] samples = new byte[3 * height * width];
        new Random(height * 1000L + width).nextBytes(samples);
        return RgbImage.of(height, width, samples);
    }

    /** A network whose numbers of a place are the means of its own pixels: where a tile begins makes no difference. */
    private static Tensor means(RgbImage tile) {
        int rows = tile.height() / UNIT;
        int columns = tile.width() / UNIT;
        float[] out = new float[2 * rows * columns];
        for (int y = 0; y < tile.height(); y++) {
            for (int x = 0; x < tile.width(); x++) {
                int at = y / UNIT * columns + x / UNIT;
                out[at] += (tile.pixel(x, y) >> 16 & 0xff) / (float) (UNIT * UNIT);
                out[rows * columns + at] += (tile.pixel(x, y) & 0xff) / (float) (UNIT * UNIT);
            }
        }
        return Tensor.of(out, 1, 2, rows, columns);
    }

    private static List<float[]> rows(RgbImage image, int tile, double overlap) {
        List<float[]> out = new ArrayList<>();
        TileRun run = new TileRun(RegionSource.of(image), tile, overlap, UNIT, 2);
        run.run(TileRunTest::means, (row, places) -> {
            assertEquals(out.size(), row);
            out.add(places.clone());
        });
        assertEquals(run.rows(), out.size());
        return out;
    }

    @Test
    void numbersThatDependOnTheirPlaceAloneAreTheSameInTilesOfAnySize() {
        for (int[] size : new int[][] {{64, 64}, {50, 71}, {100, 20}, {8, 130}, {3, 2}}) {
            RgbImage image = noise(size[0], size[1]);
            List<float[]> whole = rows(image, 136, 0);
            for (int tile : new int[] {16, 32, 64}) {
                for (double overlap : new double[] {0, 0.5, 0.7}) {
                    List<float[]> cut = rows(image, tile, overlap);
                    assertEquals(whole.size(), cut.size());
                    for (int r = 0; r < whole.size(); r++) {
                        assertArrayEquals(whole.get(r), cut.get(r), 1e-2f, tile + " " + overlap + " row " + r);
                    }
                }
            }
        }
    }

    @Test
    void tilesCoverAnAxisEvenly() {
        TileAxis axis = TileAxis.of(1000, 256, 0.5, 4);
        assertArrayEquals(new int[] {0, 31, 62, 93, 124, 155, 186}, axis.starts());
        assertEquals(250, axis.places());
        assertTrue(axis.starts()[6] + axis.tile() >= axis.places());
        assertArrayEquals(new int[] {0}, TileAxis.of(200, 256, 0.5, 4).starts());
        for (float sum : axis.sums()) {
            assertTrue(sum > 0);
        }
    }

    @Test
    void theMiddleOfATileCountsMost() {
        TileAxis axis = TileAxis.of(64, 32, 0.5, 4);
        assertEquals(axis.windows()[3], axis.windows()[4]);
        assertEquals(Math.exp(-0.5 * 3.5 * 3.5), axis.windows()[0], 1e-6); // 3.5 places from the middle, σ of one place
    }
}
