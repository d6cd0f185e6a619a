package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;

class PanelsTest {
    private static final int GAP = 16;

    private static RgbImage gray(int height, int width, int level) {
        byte[] rgb = new byte[3 * height * width];
        Arrays.fill(rgb, (byte) level);
        return RgbImage.of(height, width, rgb);
    }

    @Test
    void picturesStandInRowsUnderTheirTitles() {
        RgbImage out = Panels.inColumns(2)
                .with("one", gray(30, 40, 10))
                .with("two", gray(50, 60, 20))
                .with("", gray(20, 20, 30))
                .draw();
        assertEquals(GAP + 40 + GAP + 60 + GAP, out.width());
        assertEquals(GAP + Canvas.LINE + 50 + GAP + 20 + GAP, out.height());
        int top = GAP + Canvas.LINE;
        assertEquals(0x0a0a0a, out.pixel(GAP, top));
        assertEquals(0x0a0a0a, out.pixel(GAP + 39, top + 29));
        assertEquals(0xffffff, out.pixel(GAP + 39, top + 30));
        assertEquals(0x141414, out.pixel(GAP + 40 + GAP, top));
        assertEquals(0x1e1e1e, out.pixel(GAP, top + 50 + GAP));
    }

    @Test
    void wideTitlesBreakIntoLines() {
        RgbImage one = Panels.inColumns(1).with("word", gray(10, 60, 0)).draw();
        RgbImage three =
                Panels.inColumns(1).with("word word word", gray(10, 60, 0)).draw();
        assertEquals(one.width(), three.width());
        assertEquals(one.height() + 2 * Canvas.LINE, three.height());
    }

    @Test
    void refusesNoColumnsAndNoPictures() {
        assertEquals(
                "Panels: columns must be at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Panels.inColumns(0))
                        .getMessage());
        var e = assertThrows(
                IllegalStateException.class, () -> Panels.inColumns(1).draw());
        assertTrue(e.getMessage().contains("add one by with()"), e.getMessage());
    }
}
