package org.fovea.studies.glimpses;

import java.util.Random;
import org.fovea.studies.digits.Digits;

/**
 * Place of a digit in an image.
 *
 * @param side of the image in pixels
 * @param roam greatest distance of its center from the image's, in whole pixels
 */
record Scene(int side, int roam) {
    /** Of training digits: largest rotation in radians, change of size, and shift in pixels. */
    private static final double TURN = 0.2;

    private static final double STRETCH = 0.12;
    private static final double SHIFT = 1.5;

    /** Adds a digit as it is to an image of zeros. */
    void place(Digits digits, int index, Random random, float[] images, int from) {
        draw(digits, index, new double[] {1, 0, 0, 1, 0, 0}, random, images, from);
    }

    /** Adds a digit turned, stretched and shifted a little. */
    void distort(Digits digits, int index, Random random, float[] images, int from) {
        double angle = TURN * between(random);
        double wide = 1 + STRETCH * between(random);
        double high = 1 + STRETCH * between(random);
        double[] map = {
            Math.cos(angle) / wide,
            -Math.sin(angle) / wide,
            Math.sin(angle) / high,
            Math.cos(angle) / high,
            SHIFT * between(random),
            SHIFT * between(random)
        };
        draw(digits, index, map, random, images, from);
    }

    private static double between(Random random) {
        return 2 * random.nextDouble() - 1;
    }

    private void draw(Digits digits, int index, double[] map, Random random, float[] images, int from) {
        double middle = (digits.side() - 1) / 2.0;
        int corner = (side - digits.side()) / 2;
        int left = corner + random.nextInt(2 * roam + 1) - roam;
        int top = corner + random.nextInt(2 * roam + 1) - roam;
        for (int y = Math.max(0, top); y < Math.min(side, top + digits.side()); y++) {
            for (int x = Math.max(0, left); x < Math.min(side, left + digits.side()); x++) {
                double dx = x - left - middle;
                double dy = y - top - middle;
                images[from + y * side + x] = digits.at(
                        index,
                        middle + map[0] * dx + map[1] * dy + map[4],
                        middle + map[2] * dx + map[3] * dy + map[5]);
            }
        }
    }
}
