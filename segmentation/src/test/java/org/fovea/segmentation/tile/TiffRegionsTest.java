package org.fovea.segmentation.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiffRegionsTest {
    private static final RgbImage IMAGE = noise(70, 90);

    @TempDir
    Path folder;

    private static RgbImage noise(int height, int width) {
        byte[] samples = new byte[3 * height * width];
        new Random(1).nextBytes(samples);
        return RgbImage.of(height, width, samples);
    }

    @Test
    void partsAreThoseOfTheImage() {
        RegionSource whole = RegionSource.of(IMAGE);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            Path file = TiffFiles.write(folder.resolve(order + ".tif"), IMAGE, 32, order, TiffFiles.GEOGRAPHIC);
            try (TiffRegions parts = TiffRegions.open(file)) {
                assertEquals(70, parts.height());
                assertEquals(90, parts.width());
                int[][] regions = {{0, 0, 70, 90}, {31, 31, 2, 2}, {40, 60, 30, 30}, {0, 89, 70, 1}};
                for (int[] r : regions) {
                    assertEquals(whole.read(r[0], r[1], r[2], r[3]), parts.read(r[0], r[1], r[2], r[3]));
                }
                assertEquals(
                        0.25,
                        Double.longBitsToDouble(
                                parts.directory().fields().get(33550).values().getLong(8)));
            }
        }
    }

    @Test
    void aTableThatLiesIsAnError() {
        assertRefused(Map.of(324, new int[] {8, 8, 8}), "an offset for each of its 9 tiles, got 3");
        assertRefused(Map.of(325, new int[2]), "a size for each of its 9 tiles, got 2");
        assertRefused(Map.of(324, new int[] {8, 8, 8, 8, 1 << 30, 8, 8, 8, 8}), "tile 4 must lie in the file of");
        assertRefused(Map.of(322, new short[] {0}), "a TIFF tile must have 1 to");
        assertRefused(Map.of(322, new int[] {1 << 20}, 323, new int[] {1 << 20}), "a TIFF tile must have 1 to");
        assertRefused(Map.of(256, new int[] {0}), "at least one row and one column, got 70 x 0");
        assertRefused(Map.of(257, new int[] {100_000}), "an offset for each of its 9375 tiles, got 9");
        assertRefused(Map.of(274, new short[] {6}), "must be stored upright");
    }

    private void assertRefused(Map<Integer, Object> lie, String problem) {
        Path file = TiffFiles.write(folder.resolve("lie.tif"), IMAGE, 32, ByteOrder.LITTLE_ENDIAN, lie);
        String text = assertThrows(
                        ImageException.class, () -> TiffRegions.open(file).close(), problem)
                .getMessage();
        assertTrue(text.contains(problem), text);
    }

    @Test
    void aDamagedFileIsAnError() throws IOException {
        byte[] whole = Files.readAllBytes(
                TiffFiles.write(folder.resolve("x.tif"), IMAGE, 32, ByteOrder.LITTLE_ENDIAN, Map.of()));
        Random random = new Random(2);
        for (int i = 0; i < 60; i++) {
            byte[] bytes = whole.clone();
            int directory = whole.length - 300;
            for (int k = 0; k < 3; k++) {
                bytes[directory + random.nextInt(300)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.tif"), bytes);
            try (TiffRegions parts = TiffRegions.open(file)) {
                parts.read(0, 0, Math.min(64, parts.height()), Math.min(64, parts.width()));
            } catch (ImageException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
    }
}
