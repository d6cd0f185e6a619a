package org.fovea.core.graph;

/** The numbers {@link Dropout} draws: a hash of (seed, stream, position), so that every backend drops the same elements. */
public final class DropoutMask {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int UNIFORM_BITS = 53;

    private final long key;
    private final long limit;

    /** Creates the random numbers of one dropout for a seed. */
    public DropoutMask(Dropout op, int seed) {
        key = mix(((long) seed << 32) ^ op.stream());
        limit = (long) Math.ceil(Math.scalb(op.rate(), UNIFORM_BITS));
    }

    /**
     * Returns whether the element at a row-major position is kept: SplitMix64 (Steele et al. 2014) with a counter, compared
     * with the rate.
     */
    public boolean keeps(long position) {
        return mix(key + (position + 1) * GOLDEN_GAMMA) >>> (Long.SIZE - UNIFORM_BITS) >= limit;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
