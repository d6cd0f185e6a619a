package org.fovea.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConvWindowTest {
    @Test
    void samePaddingIsLargerBehind() {
        assertEquals(new ConvWindow(2, 2, 0, 1, 1, 1, 1, 1, 1), ConvWindow.same(3, 2, 224, 7));
        assertEquals(ConvWindow.of(1, 1), ConvWindow.same(3, 1, 5, 8));
        assertEquals(ConvWindow.of(2, 0), ConvWindow.same(1, 2, 8, 7));
        assertEquals(new ConvWindow(1, 1, 1, 1, 2, 2, 1, 1, 1), ConvWindow.same(4, 1, 9, 9));
    }

    @Test
    void samePaddingGivesAPixelForEachStep() {
        for (int size = 1; size < 12; size++) {
            ConvWindow window = ConvWindow.same(3, 2, size, 1);
            assertEquals(
                    Shape.of(1, 1, (size + 1) / 2, 1),
                    window.outShape(Shape.of(1, 1, size, 1), Shape.of(1, 1, 3, 3)),
                    "size " + size);
        }
    }

    @Test
    void negativePaddingIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> new ConvWindow(1, 1, 0, 0, -1, 2, 1, 1, 1));
        assertTrue(e.getMessage().contains("at least 0, got 0x0 before and -1x2 behind"), e.getMessage());
    }
}
