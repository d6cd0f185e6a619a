package org.fovea.studies.digits;

import java.util.random.RandomGenerator;

/**
 * Turns a digit, scales it and puts it somewhere on a larger, empty picture.
 *
 * @param angle by which it is turned, in radians
 * @param scale of the digit
 * @param x to the right of the middle, in pixels
 * @param y below the middle, in pixels
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, section 4.1 and appendix A.4, "RTS"</a>
 */
record Distortion(double angle, double scale, double x, double y) {
    /** Side of the larger picture, in pixels. */
    static final int SIDE = 42;

    private static final double STEEPEST = Math.PI / 4;
    private static final double SMALLEST = 0.7;
    private static final double LARGEST = 1.2;

    /**
     * Draws ±45°, a scale of 0.7 to 1.2 and a place at which the digit's frame, were it not turned, fits.
     *
     * @param side of the digit, in pixels
     */
    static Distortion draw(int side, RandomGenerator random) {
        double scale = random.nextDouble(SMALLEST, LARGEST);
        double room = (SIDE - scale * side) / 2;
        return new Distortion(
                random.nextDouble(-STEEPEST, STEEPEST),
                scale,
                random.nextDouble(-room, room),
                random.nextDouble(-room, room));
    }

    /** Writes the distorted digit, {@code [SIDE, SIDE]}. */
    void apply(Digits digits, int index, float[] out, int offset) {
        double cos = Math.cos(angle) / scale;
        double sin = Math.sin(angle) / scale;
        double middle = (SIDE - 1) / 2.0;
        double digitMiddle = (digits.side() - 1) / 2.0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double right = column - middle - x;
                double down = row - middle - y;
                out[offset + row * SIDE + column] = digits.at(
                        index, digitMiddle + cos * right + sin * down, digitMiddle - sin * right + cos * down);
            }
        }
    }
}
