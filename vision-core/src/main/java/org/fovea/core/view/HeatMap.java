package org.fovea.core.view;

import java.util.Arrays;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/**
 * A grid of weights, such as the attention to each patch, to be drawn on the image it belongs to; immutable and
 * thread-safe.
 *
 * <p>The smallest weight of the grid is drawn dark violet, the largest yellow, between them the colour map viridis; a grid
 * of equal weights is all dark. The part of the image that the model did not see is darkened.
 *
 * <pre>{@code
 * HeatMap.of(weights).drawOn(image, processor.geometry(image)).writePng(Path.of("attention.png"));
 * }</pre>
 */
public final class HeatMap {
    private static final double DEFAULT_OPACITY = 0.6;
    /** What is left of the brightness where the model did not look. */
    private static final double UNSEEN_BRIGHTNESS = 0.45;

    private final float[][] grid;
    private final double opacity;

    private HeatMap(float[][] grid, double opacity) {
        this.grid = grid;
        this.opacity = opacity;
    }

    /**
     * A heat map of weights by row, from the top left; copied.
     *
     * @throws IllegalArgumentException when the rows are empty or of different lengths, or a weight is not finite
     */
    public static HeatMap of(float[][] weights) {
        if (weights.length == 0 || weights[0].length == 0) {
            throw new IllegalArgumentException("HeatMap: weights must have rows and columns, got none");
        }
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int y = 0; y < weights.length; y++) {
            if (weights[y].length != weights[0].length) {
                throw new IllegalArgumentException("HeatMap: rows must be equally long, got " + weights[0].length
                        + " in row 0 and " + weights[y].length + " in row " + y);
            }
            for (float w : weights[y]) {
                if (!Float.isFinite(w)) {
                    throw new IllegalArgumentException("HeatMap: weights must be finite, got " + w + " in row " + y);
                }
                low = Math.min(low, w);
                high = Math.max(high, w);
            }
        }
        return new HeatMap(spread(weights, low, high), DEFAULT_OPACITY);
    }

    /**
     * A heat map of a tensor {@code [H, W]}, of any dtype.
     *
     * @throws IllegalArgumentException when it has another rank, is empty, or a weight is not finite
     */
    public static HeatMap of(Tensor weights) {
        if (weights.shape().rank() != 2) {
            throw new IllegalArgumentException("HeatMap: weights must be [H, W], got " + weights);
        }
        int columns = weights.shape().dim(1);
        float[] values = weights.toFloats();
        float[][] rows = new float[weights.shape().dim(0)][];
        Arrays.setAll(rows, y -> Arrays.copyOfRange(values, y * columns, (y + 1) * columns));
        return of(rows);
    }

    private static float[][] spread(float[][] weights, float low, float high) {
        double range = (double) high - low;
        float[][] out = new float[weights.length][weights[0].length];
        for (int y = 0; y < out.length; y++) {
            for (int x = 0; x < out[y].length; x++) {
                out[y][x] = range > 0 ? (float) (((double) weights[y][x] - low) / range) : 0;
            }
        }
        return out;
    }

    /**
     * The same heat map covering the image more or less.
     *
     * @param opacity from 0, the image alone, to 1, the colours alone
     * @throws IllegalArgumentException when it lies outside
     */
    public HeatMap withOpacity(double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("HeatMap: opacity must lie in [0, 1], got " + opacity);
        }
        return new HeatMap(grid, opacity);
    }

    /** The image with the map all over it. */
    public RgbImage drawOn(RgbImage image) {
        return drawOn(image, InputGeometry.whole(image));
    }

    /**
     * The image with the map where the model saw it.
     *
     * @param geometry the part of the image that the grid covers
     */
    public RgbImage drawOn(RgbImage image, InputGeometry geometry) {
        double[] rows = gridPoints(image.height(), geometry.top(), geometry.bottom(), grid.length);
        double[] columns = gridPoints(image.width(), geometry.left(), geometry.right(), grid[0].length);
        CubicTaps down = new CubicTaps(rows, grid.length);
        CubicTaps across = new CubicTaps(columns, grid[0].length);
        byte[] rgb = image.toBytes();
        for (int y = 0, i = 0; y < rows.length; y++) {
            float[] row = row(down, y);
            boolean rowSeen = isInside(rows[y], grid.length);
            for (int x = 0; x < columns.length; x++, i += 3) {
                if (rowSeen && isInside(columns[x], grid[0].length)) {
                    blend(rgb, i, value(row, across, x));
                } else {
                    darken(rgb, i);
                }
            }
        }
        return RgbImage.of(image.height(), image.width(), rgb);
    }

    /** For each pixel's centre its place in the grid, of which cell {@code i} reaches from {@code i} to {@code i + 1}. */
    private static double[] gridPoints(int pixels, double start, double end, int cells) {
        double[] points = new double[pixels];
        Arrays.setAll(points, p -> (p + 0.5 - start) / (end - start) * cells);
        return points;
    }

    private static boolean isInside(double point, int cells) {
        return point >= 0 && point < cells;
    }

    /** The grid's values on one line of pixels. */
    private float[] row(CubicTaps down, int y) {
        float[] row = new float[grid[0].length];
        for (int t = CubicTaps.TAPS * y; t < CubicTaps.TAPS * (y + 1); t++) {
            float[] cells = grid[down.index[t]];
            for (int x = 0; x < row.length; x++) {
                row[x] += down.weight[t] * cells[x];
            }
        }
        return row;
    }

    private static double value(float[] row, CubicTaps across, int x) {
        double sum = 0;
        for (int t = CubicTaps.TAPS * x; t < CubicTaps.TAPS * (x + 1); t++) {
            sum += across.weight[t] * row[across.index[t]];
        }
        return Math.max(0, Math.min(1, sum));
    }

    private void blend(byte[] rgb, int pixel, double value) {
        for (int c = 0; c < 3; c++) {
            double below = rgb[pixel + c] & 0xff;
            rgb[pixel + c] = (byte) Math.round(below + opacity * (Viridis.channel(value, c) - below));
        }
    }

    private static void darken(byte[] rgb, int pixel) {
        for (int c = 0; c < 3; c++) {
            rgb[pixel + c] = (byte) Math.round((rgb[pixel + c] & 0xff) * UNSEEN_BRIGHTNESS);
        }
    }
}
