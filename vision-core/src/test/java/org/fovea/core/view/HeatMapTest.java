package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static final int VIOLET = 0x440154;
    private static final int YELLOW = 0xfde725;

    private static RgbImage gray(int height, int width) {
        byte[] rgb = new byte[3 * height * width];
        Arrays.fill(rgb, (byte) 100);
        return RgbImage.of(height, width, rgb);
    }

    @Test
    void oneWeightAPixelHasTheMapsEndColors() {
        RgbImage out = HeatMap.of(new float[][] {{-3, 5}}).withOpacity(1).drawOn(gray(1, 2));
        assertEquals(VIOLET, out.pixel(0, 0));
        assertEquals(YELLOW, out.pixel(1, 0));
    }

    @Test
    void opacityMixesImageAndColor() {
        RgbImage out =
                HeatMap.of(Tensor.of(new float[] {0, 1}, 1, 2)).withOpacity(0.5).drawOn(gray(1, 2));
        assertEquals((0xfd + 100 + 1) / 2, out.pixel(1, 0) >> 16);
        assertEquals(
                0x646464,
                HeatMap.of(new float[][] {{0, 1}})
                        .withOpacity(0)
                        .drawOn(gray(1, 2))
                        .pixel(1, 0));
    }

    @Test
    void gridFollowsTheGeometry() {
        // Of 8 columns the model saw columns 2 to 5, two per cell.
        HeatMap map = HeatMap.of(new float[][] {{0, 1}}).withOpacity(1);
        RgbImage out = map.drawOn(gray(4, 8), new InputGeometry(2, 0, 6, 4));
        assertEquals(0x2d2d2d, out.pixel(1, 0));
        assertEquals(0x2d2d2d, out.pixel(6, 3));
        assertEquals(VIOLET, out.pixel(2, 0));
        assertEquals(YELLOW, out.pixel(5, 3));
    }

    @Test
    void peakLiesInTheMiddleOfItsCell() {
        float[][] weights = new float[5][7];
        weights[3][2] = 1;
        RgbImage out = HeatMap.of(weights).withOpacity(1).drawOn(gray(5 * 9, 7 * 9));
        int brightest = 0;
        for (int i = 0; i < 45 * 63; i++) {
            int green = out.pixel(i % 63, i / 63) >> 8 & 0xff;
            brightest = green > (out.pixel(brightest % 63, brightest / 63) >> 8 & 0xff) ? i : brightest;
        }
        assertEquals(2 * 9 + 4, brightest % 63);
        assertEquals(3 * 9 + 4, brightest / 63);
    }

    @Test
    void equalWeightsAreAllDark() {
        RgbImage out = HeatMap.of(new float[][] {{2, 2}, {2, 2}}).withOpacity(1).drawOn(gray(3, 3));
        assertEquals(VIOLET, out.pixel(1, 1));
    }

    @Test
    void colorMapGrowsBrighter() {
        double last = -1;
        for (int i = 0; i <= 100; i++) {
            double v = i / 100.0;
            double luma = 0.299 * Viridis.channel(v, 0) + 0.587 * Viridis.channel(v, 1) + 0.114 * Viridis.channel(v, 2);
            assertTrue(luma > last, "at " + v + ": " + luma + " after " + last);
            last = luma;
        }
    }

    @Test
    void refusesBadWeights() {
        assertMessage("got NaN in row 1", new float[][] {{1}, {Float.NaN}});
        assertMessage("got 2 in row 0 and 1 in row 1", new float[][] {{1, 2}, {1}});
        assertMessage("got none", new float[0][0]);
        var e = assertThrows(IllegalArgumentException.class, () -> HeatMap.of(Tensor.of(new float[4], 4)));
        assertTrue(e.getMessage().contains("[H, W], got F32 [4]"), e.getMessage());
    }

    private static void assertMessage(String part, float[][] weights) {
        var e = assertThrows(IllegalArgumentException.class, () -> HeatMap.of(weights));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
