package org.fovea.core.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Independent generators for the parts of a run, by number: what thread works, and in which order, has no influence. */
final class Seeds {
    /** The use of a generator; its ordinal keeps their numbers apart. */
    enum Use {
        ORDER,
        SAMPLE,
        BATCH,
        DIVISION
    }

    private Seeds() {}

    static RandomGenerator generator(long seed, Use use, long epoch, long index) {
        return new SplittableRandom(mix(mix(mix(mix(seed) ^ use.ordinal()) ^ epoch) ^ index));
    }

    /** Random permutation of 0 to {@code count - 1} (Fisher and Yates). */
    static int[] permutation(int count, RandomGenerator random) {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            out[i] = out[j];
            out[j] = i;
        }
        return out;
    }

    /** Mixing function of SplitMix64 (Steele et al. 2014), after an increment so that 0 is not mapped to 0. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
