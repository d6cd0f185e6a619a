package org.fovea.core.data.scenes;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.random.RandomGenerator;

/** Grounds of muted colors, so that every object stands out. */
final class Backgrounds {
    private static final int TILES = 6;
    private static final int PLANKS = 5;

    private Backgrounds() {}

    static void fill(BufferedImage image, Background kind, RandomGenerator random) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int width = image.getWidth();
        int height = image.getHeight();
        double[] base = base(kind, random);
        double slope = 0.16 * (random.nextDouble() - 0.5);
        int shorter = Math.min(width, height);
        long noise = random.nextLong();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double light = 1 + slope * (2.0 * y / height - 1) + pattern(kind, x, y, shorter, noise);
                pixels[y * width + x] = rgb(base, light);
            }
        }
    }

    private static double[] base(Background kind, RandomGenerator random) {
        double[] out =
                switch (kind) {
                    case PLAIN -> new double[] {150, 156, 164};
                    case TILED -> new double[] {168, 160, 150};
                    case WOODEN -> new double[] {158, 126, 96};
                    case GRASSY -> new double[] {122, 142, 104};
                };
        for (int i = 0; i < out.length; i++) {
            out[i] += 24 * (random.nextDouble() - 0.5);
        }
        return out;
    }

    private static double pattern(Background kind, int x, int y, int shorter, long noise) {
        double grain = hash(x, y, noise) - 0.5;
        return switch (kind) {
            case PLAIN -> 0.03 * grain;
            case TILED -> {
                int side = Math.max(4, shorter / TILES);
                boolean joint = x % side == 0 || y % side == 0;
                yield (joint ? -0.2 : 0.06 * (hash(x / side, y / side, noise) - 0.5)) + 0.02 * grain;
            }
            case WOODEN -> {
                int plank = Math.max(4, shorter / PLANKS);
                double wave = Math.sin(x * 40.0 / shorter + 9 * hash(0, y / Math.max(1, plank / 6), noise));
                yield (y % plank == 0 ? -0.22 : 0.05 * wave) + 0.08 * (hash(0, y / plank, noise) - 0.5) + 0.03 * grain;
            }
            case GRASSY -> 0.2 * grain + 0.12 * (hash(x / 3, y / 5, noise) - 0.5);
        };
    }

    /** Pseudo-random number from 0 to 1 that depends only on position and seed. */
    private static double hash(int x, int y, long seed) {
        long z = seed ^ (x * 0x9e3779b97f4a7c15L) ^ (y * 0xc2b2ae3d27d4eb4fL);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    private static int rgb(double[] base, double light) {
        int out = 0;
        for (double channel : base) {
            out = out << 8 | (int) Math.max(0, Math.min(255, channel * light));
        }
        return out;
    }
}
