package org.fovea.cli.gallery;

/**
 * Features that two patches must share to attend to each other: the weights of maps to q and k under which the score of two of
 * {@link PatchTokens} is Σ_f β_f·cos π(f_i - f_j), times {@code norm}² for tokens that a layer norm scaled.
 *
 * @param color weight β of both color features
 * @param brightness weight β of brightness
 * @param across weight β of x
 * @param down weight β of y
 */
record Likeness(double color, double brightness, double across, double down) {
    private double beta(int feature) {
        return switch (feature) {
            case 0, 1 -> color;
            case 2 -> brightness;
            case 3 -> across;
            default -> down;
        };
    }

    /** Projection to the queries {@code [width, width]}, with one head per likeness. */
    static float[] query(int width, Likeness... heads) {
        return map(width, true, heads);
    }

    /** Projection to the keys {@code [width, width]}. */
    static float[] key(int width, Likeness... heads) {
        return map(width, false, heads);
    }

    /** Projections to queries and keys and an identity for the values, below each other: {@code [3·width, width]}. */
    static float[] qkv(int width, Likeness... heads) {
        return Weights.joined(query(width, heads), key(width, heads), Weights.identity(width, width, 1));
    }

    private static float[] map(int width, boolean query, Likeness... heads) {
        int headWidth = width / heads.length;
        float[] out = new float[width * width];
        for (int h = 0; h < heads.length; h++) {
            for (int i = 0; i < 2 * PatchTokens.FEATURES; i++) {
                int feature = i / 2;
                int from = 4 * feature + i % 2; // the cosine, then the sine
                double scale = query ? heads[h].beta(feature) * Math.sqrt(headWidth) : 1;
                out[(h * headWidth + i) * width + from] = (float) scale;
            }
        }
        return out;
    }
}
