package org.fovea.core.metric;

import org.fovea.core.Check;

/**
 * Expected calibration error: over bins of equal width of the likeliest class's probability, the mean distance between
 * that probability and the accuracy, weighted by how many images fall in the bin. Not thread-safe.
 *
 * <p>Bin i of n holds probabilities in (i/n, (i + 1)/n].
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al. 2017, equation 3</a>
 */
public final class Calibration {
    /** Number of bins in the paper's experiments. */
    public static final int USUAL_BINS = 15;

    private final long[] count;
    private final long[] right;
    private final double[] confidence;

    /**
     * Creates a calibration without images.
     *
     * @throws IllegalArgumentException when there are fewer than 1 bins
     */
    public Calibration(int bins) {
        Check.positive("Calibration: bins", bins);
        this.count = new long[bins];
        this.right = new long[bins];
        this.confidence = new double[bins];
    }

    /**
     * Adds one image.
     *
     * @param probability of the most likely class, from 0 to 1
     * @throws IllegalArgumentException when it is out of range or NaN
     */
    public void add(double probability, boolean correct) {
        Check.that(probability >= 0 && probability <= 1, "Calibration: a probability", "be from 0 to 1", probability);
        int bin = Math.max(0, (int) Math.ceil(probability * count.length) - 1);
        count[bin]++;
        right[bin] += correct ? 1 : 0;
        confidence[bin] += probability;
    }

    /** Expected calibration error, from 0 to 1; {@link Double#NaN} without images. */
    public double error() {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < count.length; i++) {
            sum += Math.abs(right[i] - confidence[i]); // count·|accuracy - mean probability|
            total += count[i];
        }
        return sum / total;
    }
}
