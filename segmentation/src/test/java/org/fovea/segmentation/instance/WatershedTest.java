package org.fovea.segmentation.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.fovea.core.image.LabelMask;
import org.junit.jupiter.api.Test;

class WatershedTest {
    private static final Watershed RULES = new Watershed(0.5, 0.2, 0, 0);

    /** Two objects that touch, at the depths of a row: the shallow pixel goes to the object that reaches it first. */
    @Test
    void objectsMeetWhereTheyAreShallow() {
        float[] depths = {0.2f, 0.9f, 0.4f, 0.1f, 0.3f, 0.8f, 0.2f, 0};
        float[] inside = {1, 1, 1, 1, 1, 1, 1, 0};
        assertEquals(row(1, 1, 1, 1, 2, 2, 2, 0), RULES.objects(inside, depths, 1, 8));
    }

    /** Depths 0.9 and 0.7 with 0.6 between them: one object where it must be 0.2 deeper than that, two where 0.05 is enough. */
    @Test
    void objectsThatAreHardlyDeeperThanBetweenThemAreOne() {
        float[] depths = {0.5f, 0.9f, 0.6f, 0.7f, 0.1f};
        float[] inside = {1, 1, 1, 1, 1};
        assertEquals(row(1, 1, 1, 1, 1), RULES.objects(inside, depths, 1, 5));
        assertEquals(row(1, 1, 1, 2, 2), new Watershed(0.5, 0.05, 0, 0).objects(inside, depths, 1, 5));
    }

    /** Disks that touch, from their own true depths. */
    @Test
    void depthsOfObjectsGiveTheObjectsBack() {
        LabelMask truth = disks();
        LabelMask depth = ObjectDistance.of(truth);
        float[] depths = new float[40 * 60];
        float[] inside = new float[depths.length];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = depth.label(i / 60, i % 60) / 255f;
            inside[i] = truth.label(i / 60, i % 60) > 0 ? 0.9f : 0.1f;
        }
        LabelMask found = RULES.objects(inside, depths, 40, 60);
        int same = 0;
        for (int i = 0; i < depths.length; i++) {
            same += found.label(i / 60, i % 60) == truth.label(i / 60, i % 60) ? 1 : 0;
        }
        assertTrue(same > 0.99 * depths.length, same + " of " + depths.length);
    }

    @Test
    void aShallowForegroundIsAnObject() {
        LabelMask found = RULES.objects(new float[] {1, 1, 0, 1}, new float[] {0.1f, 0, 0, 0.9f}, 1, 4);
        assertEquals(row(1, 1, 0, 2), found);
    }

    @Test
    void smallObjectsAreLeftOutAndSmallHolesFilled() {
        float[] ring = new float[25];
        for (int i = 0; i < 25; i++) {
            ring[i] = i / 5 > 0 && i / 5 < 4 && i % 5 > 0 && i % 5 < 4 && i != 12 ? 1 : 0;
        }
        ring[4] = 1; // alone in the corner
        LabelMask found = new Watershed(0.5, 0.2, 2, 1).objects(ring, new float[25], 5, 5);
        assertEquals(1, found.label(2, 2), "the hole");
        assertEquals(0, found.label(0, 4), "one pixel");
        assertEquals(
                0,
                new Watershed(0.5, 0.2, 2, 0).objects(ring, new float[25], 5, 5).label(2, 2));
    }

    @Test
    void anEmptyForegroundHasNoObjects() {
        assertEquals(row(0, 0), RULES.objects(new float[2], new float[] {1, 1}, 1, 2));
    }

    @Test
    void mapsOfAnotherSizeAreRefused() {
        String text = assertThrows(
                        IllegalArgumentException.class, () -> RULES.objects(new float[3], new float[4], 2, 2))
                .getMessage();
        assertTrue(text.contains("height * width numbers, got 3 and 4 for 2 x 2"), text);
    }

    /** The distance to the nearest pixel of another label or beyond the border, by trying all. */
    @Test
    void distancesAreThoseOfAllPairs() {
        Random random = new Random(1);
        int[] labels = new int[12 * 17];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(8) == 0 ? random.nextInt(3) : i % 17 / 6;
        }
        LabelMask mask = LabelMask.of(12, 17, labels);
        float[] squared = ObjectDistance.squared(mask);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] > 0) {
                int best = Integer.MAX_VALUE;
                for (int y = -1; y <= 12; y++) {
                    for (int x = -1; x <= 17; x++) {
                        boolean inside = y >= 0 && y < 12 && x >= 0 && x < 17;
                        if (!inside || mask.label(y, x) != labels[i]) {
                            int dy = y - i / 17;
                            int dx = x - i % 17;
                            best = Math.min(best, dy * dy + dx * dx);
                        }
                    }
                }
                assertEquals(best, squared[i], "row " + i / 17 + ", column " + i % 17);
            }
        }
    }

    @Test
    void bordersAreWhereTwoObjectsAreNear() {
        LabelMask near = TouchingBorders.of(row(1, 1, 1, 0, 2, 2, 2, 0, 0, 0), 2);
        assertEquals(row(0, 0, 1, 1, 1, 0, 0, 0, 0, 0), near);
    }

    private static LabelMask disks() {
        int[] labels = new int[40 * 60];
        for (int i = 0; i < labels.length; i++) {
            int y = i / 60;
            int x = i % 60;
            boolean left = Math.hypot(y - 20, x - 18) < 13;
            boolean right = Math.hypot(y - 20, x - 40) < 13;
            labels[i] = left && x < 29 ? 1 : right ? 2 : 0;
        }
        return LabelMask.of(40, 60, labels);
    }

    private static LabelMask row(int... labels) {
        return LabelMask.of(1, labels.length, labels);
    }
}
