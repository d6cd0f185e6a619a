package org.fovea.core.graph;

/** The numbers {@link Dropout} draws: a hash of (seed, stream, position), so that every backend drops the same elements. */
public final class DropoutMask {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private DropoutMask() {}

    /** Whether the element at a row-major position stays. */
    public static boolean keeps(Dropout op, int seed, long position) {
        return uniform(((long) seed << 32) ^ op.stream(), position) >= op.rate();
    }

    /** SplitMix64 (Steele et al. 2014) at a counter, as a number in [0, 1). */
    private static double uniform(long key, long position) {
        long z = mix(key) + (position + 1) * GOLDEN_GAMMA;
        return (mix(z) >>> 11) * 0x1p-53;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
