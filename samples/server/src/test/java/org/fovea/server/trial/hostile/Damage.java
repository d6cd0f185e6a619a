package org.fovea.server.trial.hostile;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Ways to damage bytes. */
final class Damage {
    private Damage() {}

    /** Bytes with one kind of damage. */
    static byte[] of(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) {
            return noise(random.nextInt(64), random);
        }
        int at = random.nextInt(bytes.length);
        int most = Math.min(bytes.length - at, 1 + random.nextInt(64));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipped(bytes, 1 + random.nextInt(16), random);
            case 2 -> replaced(bytes, at, at, noise(1 + random.nextInt(256), random));
            case 3 -> replaced(bytes, at, at + most, new byte[0]);
            case 4 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + most));
            default -> extremes(bytes, at);
        };
    }

    static byte[] noise(int length, SplittableRandom random) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    private static byte[] flipped(byte[] bytes, int count, SplittableRandom random) {
        byte[] out = bytes.clone();
        for (int i = 0; i < count; i++) {
            out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return out;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        return Draft.join(Arrays.copyOf(bytes, from), by, Arrays.copyOfRange(bytes, to, bytes.length));
    }

    /** Numbers in files become their largest. */
    private static byte[] extremes(byte[] bytes, int at) {
        byte[] out = bytes.clone();
        Arrays.fill(out, at, Math.min(out.length, at + 4), (byte) 0xff);
        return out;
    }
}
