package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class ColorBarTest {
    private static final RgbImage PICTURE = RgbImage.of(200, 30, new byte[3 * 200 * 30]);

    @Test
    void barRunsFromTheLowColorBelowToTheHighAbove() {
        RgbImage out = new ColorBar(0, 1).beside(PICTURE);
        int x = 30 + 12 + 8; // picture, gap, the middle of the bar
        assertEquals(0, out.pixel(29, 100));
        assertTrue((out.pixel(x, 12) >> 8 & 0xff) > 220, "yellow above");
        assertTrue((out.pixel(x, 187) >> 8 & 0xff) < 20, "violet below");
        int last = 255;
        for (int y = 12; y < 188; y++) {
            int green = out.pixel(x, y) >> 8 & 0xff;
            assertTrue(green <= last, "row " + y);
            last = green;
        }
    }

    @Test
    void allNumbersFindRoom() {
        for (ColorBar bar : new ColorBar[] {new ColorBar(0, 0.07), new ColorBar(-1e-7, 2), new ColorBar(0, 12345)}) {
            RgbImage out = bar.beside(PICTURE);
            for (int y = 0; y < out.height(); y++) {
                assertEquals(0xffffff, out.pixel(out.width() - 1, y), bar + " is cut in row " + y);
            }
        }
    }

    @Test
    void numbersAreShort() {
        assertEquals("0", ColorBar.number(0));
        assertEquals("0.25", ColorBar.number(0.25));
        assertEquals("-0.5", ColorBar.number(-0.5));
        assertEquals("12", ColorBar.number(12.3));
        assertEquals("100", ColorBar.number(100));
        assertEquals("1.5e-05", ColorBar.number(1.5e-5));
    }

    @Test
    void refusesEndsThatAreNone() {
        for (double[] ends : new double[][] {{1, 0}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}}) {
            var e = assertThrows(IllegalArgumentException.class, () -> new ColorBar(ends[0], ends[1]));
            assertTrue(e.getMessage().contains("got " + ends[0] + " and " + ends[1]), e.getMessage());
        }
    }
}
