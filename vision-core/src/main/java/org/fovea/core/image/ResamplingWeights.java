package org.fovea.core.image;

/**
 * The weights of one resampling pass along one axis, for its window, in fixed point as Pillow has them.
 *
 * <p>Output {@code o} is the sum over {@code t} below {@code count[o]} of input {@code first[o] + t} times
 * {@code weights[o * taps + t]}, which has {@link #PRECISION_BITS} fraction bits.
 */
final class ResamplingWeights {
    /** Number of fraction bits: 32 bits minus 8 of the sample and 2 of headroom for filters that overshoot. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    final int[] first;
    final int[] count;
    final int[] weights;
    final int taps;

    ResamplingWeights(ResizeAxis axis, Resampling filter) {
        double scale = axis.scale();
        double filterScale = Math.max(scale, 1);
        double support = filter.support() * filterScale;
        taps = (int) Math.ceil(support) * 2 + 1;
        first = new int[axis.count()];
        count = new int[axis.count()];
        weights = new int[Math.multiplyExact(axis.count(), taps)];
        double[] exact = new double[taps];
        for (int o = 0; o < axis.count(); o++) {
            double center = (axis.from() + o + 0.5) * scale;
            first[o] = Math.max((int) (center - support + 0.5), 0);
            count[o] = Math.min((int) (center + support + 0.5), axis.inSize()) - first[o];
            double sum = 0;
            for (int t = 0; t < count[o]; t++) {
                exact[t] = filter.weight((t + first[o] - center + 0.5) * (1 / filterScale));
                sum += exact[t];
            }
            for (int t = 0; t < count[o]; t++) {
                weights[o * taps + t] = fixed(sum == 0 ? exact[t] : exact[t] / sum);
            }
        }
    }

    private static int fixed(double weight) {
        double scaled = weight * (1 << PRECISION_BITS);
        return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
    }
}
