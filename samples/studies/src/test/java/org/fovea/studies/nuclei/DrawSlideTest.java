package org.fovea.studies.nuclei;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.tile.TiffRegions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawSlideTest {
    private static final int TILE = 16;
    private static final int SIDE = 100;
    private static final int HEIGHT = 80;

    /** A picture whose upper left pixel alone is bright: every tile has one such pixel, in one of its corners. */
    @Test
    void eachTileIsThePictureTurnedAndDarkened(@TempDir Path folder) throws IOException {
        byte[] samples = new byte[3 * TILE * TILE];
        samples[0] = (byte) 200;
        Path picture = folder.resolve("picture.png");
        RgbImage.of(TILE, TILE, samples).writePng(picture);
        Path slide = folder.resolve("slide.tif");
        DrawSlide.main(
                new String[] {slide.toString(), picture.toString(), Integer.toString(SIDE), Integer.toString(HEIGHT)});
        try (TiffRegions source = TiffRegions.open(slide)) {
            assertEquals(HEIGHT, source.height());
            assertEquals(SIDE, source.width());
            Set<Integer> corners = new TreeSet<>();
            for (int t = 0; t < HEIGHT / TILE; t++) {
                RgbImage tile = source.read(t * TILE, t * TILE, TILE, TILE);
                int bright = 0;
                for (int i = 0; i < TILE * TILE; i++) {
                    int red = tile.pixel(i % TILE, i / TILE) >> 16 & 0xff;
                    if (red > 0) {
                        assertTrue(red >= 120 && red <= 200, "light of " + red);
                        corners.add(i);
                        bright++;
                    }
                }
                assertEquals(1, bright, "bright pixels of tile " + t);
            }
            assertTrue(
                    Set.of(0, TILE - 1, TILE * (TILE - 1), TILE * TILE - 1).containsAll(corners), corners.toString());
            assertTrue(corners.size() > 1, corners.toString());
        }
    }
}
