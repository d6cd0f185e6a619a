package org.fovea.core.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.LabeledBox;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class RandomWarpTest {
    private static final int SIDE = 48;

    /** Two fields in colors of their labels. */
    private static AnnotatedImage fields() {
        int[] labels = new int[SIDE * SIDE];
        byte[] rgb = new byte[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.hypot(i / SIDE - 20, i % SIDE - 30) < 12 ? 200 : 40;
            rgb[3 * i] = (byte) labels[i];
        }
        return AnnotatedImage.of(RgbImage.of(SIDE, SIDE, rgb), LabelMask.of(SIDE, SIDE, labels));
    }

    /** Label and color move together: where no blending reaches a pixel its color is its label's, wherever the warp brought it from. */
    @Test
    void masksGoWhereTheImageGoes() {
        SplittableRandom random = new SplittableRandom(5);
        RandomWarp warp = new RandomWarp(40, 56, 0.5, 2, 30, 2);
        for (int trial = 0; trial < 20; trial++) {
            AnnotatedImage out = warp.apply(fields(), random);
            assertEquals(40, out.image().height());
            assertEquals(56, out.masks().get(0).width());
            int blended = 0;
            for (int i = 0; i < 40 * 56; i++) {
                int red = out.image().pixel(i % 56, i / 56) >> 16;
                boolean pure = red == 40 || red == 200;
                blended += pure ? 0 : 1;
                assertTrue(!pure || red == out.masks().get(0).label(i / 56, i % 56), "trial " + trial + ", pixel " + i);
            }
            assertTrue(blended < 40 * 56 / 5, blended + " blended");
        }
    }

    @Test
    void theSameSeedGivesTheSameWarp() {
        RandomWarp warp = new RandomWarp(32, 32, 0.5, 2, 30, 2);
        AnnotatedImage first = warp.apply(fields(), new SplittableRandom(1));
        assertEquals(first, warp.apply(fields(), new SplittableRandom(1)));
        assertTrue(!first.equals(warp.apply(fields(), new SplittableRandom(2))));
    }

    @Test
    void boxesAreRefused() {
        AnnotatedImage boxed = new AnnotatedImage(fields().image(), List.of(), List.of(new LabeledBox(0, 0, 1, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> new RandomWarp(8, 8, 1, 1, 0, 0)
                .apply(boxed, new SplittableRandom(1)));
    }

    /** Without noise a gray image stays within what gain, gamma and tint allow. */
    @Test
    void levelsKeepTheirOrder() {
        byte[] rgb = new byte[3 * 256];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3);
        }
        RgbImage ramp = RgbImage.of(1, 256, rgb);
        RgbImage out = new RandomLevels(2, 2, 1.1, 0).apply(ramp, new SplittableRandom(3));
        assertEquals(0, out.pixel(0, 0));
        for (int x = 1; x < 256; x++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                assertTrue((out.pixel(x, 0) >> shift & 0xff) >= (out.pixel(x - 1, 0) >> shift & 0xff), "column " + x);
            }
        }
        assertEquals(ramp, new RandomLevels(1, 1, 1, 0).apply(ramp, new SplittableRandom(3)));
    }
}
