package org.fovea.core.weights;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Random values by position: each block has its own seed, so that any part can be drawn without what precedes it. */
final class SeededBlocks {
    private static final int BLOCK = 4096;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L; // Steele et al. 2014, "Fast splittable PRNGs"

    private SeededBlocks() {}

    /** Seed of one parameter: FNV-1a of its name, mixed with the base seed. */
    static long seed(long base, String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return new SplittableRandom(base ^ hash).nextLong();
    }

    static void fill(Initializer.Draw draw, long seed, long from, FloatBuffer target) {
        long at = from;
        while (target.hasRemaining()) {
            SplittableRandom random =
                    new SplittableRandom(new SplittableRandom(seed + at / BLOCK * GOLDEN_GAMMA).nextLong());
            int skipped = (int) (at % BLOCK);
            for (int i = 0; i < skipped; i++) {
                draw.next(random);
            }
            int n = Math.min(BLOCK - skipped, target.remaining());
            for (int i = 0; i < n; i++) {
                target.put(draw.next(random));
            }
            at += n;
        }
    }
}
