package org.fovea.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.ResizeMatrix;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.junit.jupiter.api.Test;

/** Masks at the image's size, boxes that overlap, small regions and crops. */
class MaskPartsTest {
    /** A mask of a picture in characters, # inside. */
    private static BinaryMask mask(String... rows) {
        BitSet bits = new BitSet();
        for (int i = 0; i < rows.length * rows[0].length(); i++) {
            bits.set(i, rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#');
        }
        return BinaryMask.of(rows.length, rows[0].length(), bits);
    }

    @Test
    void framesAreTheProductOfTwoResizes() {
        MaskFrame frame = new MaskFrame(5, 16, 11, 16, 23, 9);
        float[] small = new float[2 * 25];
        for (int i = 0; i < small.length; i++) {
            small[i] = (float) Math.sin(3 * i);
        }
        double[][] first = matrix(5, 16);
        double[][] down = matrix(11, 23);
        double[][] across = matrix(16, 9);
        frame.enlarge(small, 25, (y, row) -> {
            for (int x = 0; x < 9; x++) {
                double expected = 0;
                for (int i = 0; i < 11; i++) {
                    for (int j = 0; j < 16; j++) {
                        for (int k = 0; k < 25; k++) {
                            expected += down[y][i] * across[x][j] * first[i][k / 5] * first[j][k % 5] * small[25 + k];
                        }
                    }
                }
                assertEquals(expected, row[x], 1e-5, "at " + x + "," + y);
            }
        });
    }

    private static double[][] matrix(int in, int out) {
        return ResizeMatrix.of(new Resize2d(ResizeKind.BILINEAR, out, out, false, false), in, out);
    }

    @Test
    void aSizeThatStaysChangesNothing() {
        float[] row = {1, 2, 3};
        float[] out = new float[3];
        new LinearTaps(3, 3, 3).apply(row, 0, out);
        assertArrayEquals(row, out);
    }

    @Test
    void maskKnowsItsBoxAndPixels() {
        BinaryMask mask = mask("......", ".##...", "....#.", "......");
        assertEquals(
                List.of(1, 1, 5, 3, 3), List.of(mask.left(), mask.top(), mask.right(), mask.bottom(), mask.area()));
        assertTrue(mask.contains(4, 2));
        assertFalse(mask.contains(3, 2) || mask.contains(-1, 1) || mask.contains(5, 1));
        assertEquals(1, mask.toLabels().label(1, 2));
        BinaryMask placed = mask.placed(10, 20, 50, 60);
        assertTrue(placed.contains(14, 22));
        assertEquals(3, placed.area());
        BinaryMask empty = mask("..", "..");
        assertTrue(empty.isEmpty());
        assertEquals(new BitSet(), BitSet.valueOf(empty.toBytes()));
        assertEquals(empty.placed(1, 1, 9, 9).area(), 0);
    }

    @Test
    void stabilityComparesTwoThresholds() {
        MaskFrame same = new MaskFrame(2, 2, 2, 2, 2, 2);
        MaskMaker.Made made = new MaskMaker(same, 1).make(new float[] {2, 0.5f, -0.5f, -2}, 0);
        assertEquals(1.0 / 3, made.stability());
        assertEquals(mask("##", ".."), made.mask());
        assertTrue(Double.isNaN(
                new MaskMaker(same, 1).make(new float[] {-2, -2, -2, -2}, 0).stability()));
    }

    @Test
    void smallHolesAreFilledAndSmallIslandsCleared() {
        BinaryMask mask = mask("#####...", "#.###..#", "#####...", "##..#...", "##..#...", "#####...");
        BinaryMask cleaned = mask.withoutSmallRegions(3);
        assertEquals(mask("#####...", "#####...", "#####...", "##..#...", "##..#...", "#####..."), cleaned);
        assertSame(cleaned, cleaned.withoutSmallRegions(3));
        assertEquals(
                mask("...##", "....."), mask("#..##", ".....").withoutSmallRegions(3)); // the largest of small ones
        assertEquals(mask(".#..", "#..."), mask(".#..", "#...").withoutSmallRegions(2)); // corners touch
        assertThrows(IllegalArgumentException.class, () -> cleaned.withoutSmallRegions(0));
    }

    @Test
    void ofBoxesThatOverlapTheBestStays() {
        BinaryMask a = mask("####....", "####....", "####....");
        BinaryMask b = mask(".####...", ".####...", ".####...");
        BinaryMask c = mask(".....###", ".....###", ".....###");
        assertEquals(2 * 2 / (6 + 6 - 4.0), BoxSuppression.overlap(a, b)); // from pixels' middles: 3 x 2 each
        List<BinaryMask> all = List.of(a, b, c);
        assertEquals(List.of(b, c), BoxSuppression.kept(all, m -> m, m -> m == b ? 2 : 1, 0.4));
        assertEquals(List.of(b, a, c), BoxSuppression.kept(all, m -> m, m -> m == b ? 2 : 1, 0.5));
        BinaryMask line = mask("####....", "........", "........");
        assertEquals(
                2, BoxSuppression.kept(List.of(line, line), m -> m, m -> 1, 0.1).size());
    }

    @Test
    void smallMasksArePaintedOnLargeOnes() {
        Tensor none = Tensor.of(new float[1], 1, 1);
        PredictedMask small = new PredictedMask(mask("....", ".##."), 0.5, 1, none);
        PredictedMask large = new PredictedMask(mask("####", "####"), 1.5, 1, none);
        PredictedMask hidden = new PredictedMask(mask("....", "..#."), 0.25, 1, none);
        Segmentation painted = MaskPainting.paint(2, 4, List.of(large, hidden, small));
        LabelMask ids = painted.instances().orElseThrow().ids();
        assertEquals(LabelMask.of(2, 4, new int[] {1, 1, 1, 1, 1, 3, 2, 1}), ids);
        List<Segment> objects = painted.instances().orElseThrow().objects();
        assertEquals(List.of(6L, 1L, 1L), objects.stream().map(Segment::area).toList());
        assertEquals(
                List.of(1.0, 0.25, 0.5), objects.stream().map(Segment::score).toList());
        assertEquals(
                List.of("object"),
                painted.segments().stream().map(Segment::label).toList());
        assertEquals(2, MaskPainting.paint(2, 4, List.of(small)).segments().size());
        assertThrows(IllegalArgumentException.class, () -> MaskPainting.paint(3, 4, List.of(small)));
    }

    @Test
    void cropsCoverTheImageAndOverlap() {
        List<Crop> crops = Crop.of(90, 150, new EverythingOptions.Crops(1, 512.0 / 1500, 1));
        // overlap 30: (30 + 150) / 2 = 90 wide, (30 + 90) / 2 = 60 high
        assertEquals(
                List.of(
                        new Crop(0, 0, 150, 90, 0),
                        new Crop(0, 0, 90, 60, 1),
                        new Crop(0, 30, 90, 90, 1),
                        new Crop(60, 0, 150, 60, 1),
                        new Crop(60, 30, 150, 90, 1)),
                crops);
        byte[] samples = new byte[90 * 150 * 3];
        samples[(31 * 150 + 62) * 3] = 7;
        RgbImage cut = crops.get(4).cut(RgbImage.of(90, 150, samples));
        assertEquals(7 << 16, cut.pixel(2, 1));
        assertEquals(List.of(60, 90), List.of(cut.height(), cut.width()));
    }

    @Test
    void masksThatACropMayHaveCutAreLeftOut() {
        Crop crop = new Crop(100, 0, 200, 100, 1);
        BitSet bits = new BitSet();
        bits.set(50 * 100 + 50);
        BinaryMask inside = BinaryMask.of(100, 100, bits).placed(100, 0, 300, 300);
        assertFalse(crop.cuts(inside, 20));
        bits.set(50 * 100 + 90);
        BinaryMask atRight = BinaryMask.of(100, 100, bits).placed(100, 0, 300, 300);
        assertTrue(crop.cuts(atRight, 20));
        BinaryMask atTop = inside.placed(0, -45, 300, 300);
        assertFalse(crop.cuts(atTop, 20)); // the image ends there, too
        assertFalse(new Crop(0, 0, 300, 300, 0).cuts(atRight, 20));
    }
}
