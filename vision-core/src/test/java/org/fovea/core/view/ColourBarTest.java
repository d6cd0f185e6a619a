package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class ColourBarTest {
    private static final RgbImage PICTURE = RgbImage.of(200, 30, new byte[3 * 200 * 30]);

    @Test
    void barRunsFromTheLowColourBelowToTheHighAbove() {
        RgbImage out = new ColourBar(0, 1).beside(PICTURE);
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
        for (ColourBar bar :
                new ColourBar[] {new ColourBar(0, 0.07), new ColourBar(-1e-7, 2), new ColourBar(0, 12345)}) {
            RgbImage out = bar.beside(PICTURE);
            for (int y = 0; y < out.height(); y++) {
                assertEquals(0xffffff, out.pixel(out.width() - 1, y), bar + " is cut in row " + y);
            }
        }
    }

    @Test
    void numbersAreShort() {
        assertEquals("0", ColourBar.number(0));
        assertEquals("0.25", ColourBar.number(0.25));
        assertEquals("-0.5", ColourBar.number(-0.5));
        assertEquals("12", ColourBar.number(12.3));
        assertEquals("100", ColourBar.number(100));
        assertEquals("1.5e-05", ColourBar.number(1.5e-5));
    }

    @Test
    void refusesEndsThatAreNone() {
        for (double[] ends : new double[][] {{1, 0}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}}) {
            var e = assertThrows(IllegalArgumentException.class, () -> new ColourBar(ends[0], ends[1]));
            assertTrue(e.getMessage().contains("got " + ends[0] + " and " + ends[1]), e.getMessage());
        }
    }
}
