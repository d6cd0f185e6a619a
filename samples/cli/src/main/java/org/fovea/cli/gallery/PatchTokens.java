package org.fovea.cli.gallery;

import java.util.Arrays;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/**
 * An image cut into patches, each a token that holds its mean color and its place.
 *
 * <p>A feature f from 0 to 1 stands in a token as cos πf, sin πf and their negatives. So the product of two tokens is largest where
 * they are alike, and all tokens have the same mean and length: a layer norm only scales them.
 */
final class PatchTokens {
    /** Number of features: redness against green, blueness against both, brightness, x, y. */
    static final int FEATURES = 5;
    /** Minimum width of a token. */
    static final int WIDTH = 4 * FEATURES;

    private final int rows;
    private final int columns;
    private final float[][] features;
    private final float[][] colors;

    private PatchTokens(int rows, int columns, float[][] features, float[][] colors) {
        this.rows = rows;
        this.columns = columns;
        this.features = features;
        this.colors = colors;
    }

    static PatchTokens of(RgbImage image, int patch) {
        int rows = image.height() / patch;
        int columns = image.width() / patch;
        float[][] features = new float[rows * columns][];
        float[][] colors = new float[rows * columns][];
        for (int i = 0; i < features.length; i++) {
            float[] c = mean(image, i % columns * patch, i / columns * patch, patch);
            colors[i] = c;
            features[i] = new float[] {
                0.5f + 0.5f * (c[0] - c[1]),
                0.5f + 0.5f * (c[2] - (c[0] + c[1]) / 2),
                (c[0] + c[1] + c[2]) / 3,
                (i % columns + 0.5f) / columns,
                (i / columns + 0.5f) / rows
            };
        }
        return new PatchTokens(rows, columns, features, colors);
    }

    private static float[] mean(RgbImage image, int left, int top, int patch) {
        float[] out = new float[3];
        for (int y = top; y < top + patch; y++) {
            for (int x = left; x < left + patch; x++) {
                int rgb = image.pixel(x, y);
                for (int c = 0; c < 3; c++) {
                    out[c] += (rgb >> 16 - 8 * c & 0xff) / 255f / (patch * patch);
                }
            }
        }
        return out;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    int count() {
        return features.length;
    }

    /** Index of the patch at a position, given as fractions of width and height. */
    int at(double[] place) {
        int x = Math.min(columns - 1, (int) (place[0] * columns));
        int y = Math.min(rows - 1, (int) (place[1] * rows));
        return y * columns + x;
    }

    /** All tokens, padded with zeros to the width: {@code [N·width]}. */
    float[] tokens(int width) {
        float[] out = new float[count() * width];
        for (int i = 0; i < count(); i++) {
            for (int f = 0; f < FEATURES; f++) {
                double angle = Math.PI * features[i][f];
                int at = i * width + 4 * f;
                out[at] = (float) Math.cos(angle);
                out[at + 1] = (float) Math.sin(angle);
                out[at + 2] = -out[at];
                out[at + 3] = -out[at + 1];
            }
        }
        return out;
    }

    /** Mean color of each patch as an image: {@code [1, 3, rows, columns]}, 0 to 1. */
    Tensor image() {
        float[] out = new float[3 * count()];
        for (int i = 0; i < count(); i++) {
            for (int c = 0; c < 3; c++) {
                out[c * count() + i] = colors[i][c];
            }
        }
        return Tensor.of(out, 1, 3, rows, columns);
    }

    /** Membership of each patch in each of {@link Looks}: {@code [N·looks]}, patch by patch; sums to 1 for each patch. */
    float[] looks() {
        float[] out = new float[count() * Looks.values().length];
        for (int i = 0; i < count(); i++) {
            float[] shares = Looks.shares(colors[i]);
            System.arraycopy(shares, 0, out, i * shares.length, shares.length);
        }
        return out;
    }

    /** Weights of one query over the patches as a grid: {@code [rows, columns]}. */
    Tensor grid(float[] all, int start) {
        return Tensor.of(Arrays.copyOfRange(all, start, start + count()), rows, columns);
    }
}
