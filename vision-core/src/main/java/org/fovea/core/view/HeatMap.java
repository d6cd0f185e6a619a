package org.fovea.core.view;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/**
 * A grid of weights, such as the attention to each patch, to be drawn on the image it belongs to; immutable and
 * thread-safe.
 *
 * <p>The smallest weight of the grid is drawn dark violet, the largest yellow, between them the color map viridis; a grid
 * of equal weights is all dark. The part of the image that the model did not see is darkened.
 *
 * <pre>{@code
 * HeatMap.of(weights).drawOn(image, processor.geometry(image)).writePng(Path.of("attention.png"));
 * }</pre>
 */
public final class HeatMap {
    private static final String NAME = "HeatMap";
    private static final double DEFAULT_OPACITY = 0.6;
    /** Fraction of the brightness that remains outside the part that the model saw. */
    private static final double UNSEEN_BRIGHTNESS = 0.45;

    private final WeightGrid grid;
    private final double opacity;
    private final boolean sharp;
    private final List<Mark> marks;

    /** A rectangle of cells to be outlined. */
    private record Mark(int row, int column, int rows, int columns) {}

    private HeatMap(WeightGrid grid, double opacity, boolean sharp, List<Mark> marks) {
        this.grid = grid;
        this.opacity = opacity;
        this.sharp = sharp;
        this.marks = marks;
    }

    /**
     * Creates a heat map from rows of weights, from the top left; copied.
     *
     * @throws IllegalArgumentException when the rows are empty or of different lengths, or a weight is not finite
     */
    public static HeatMap of(float[][] weights) {
        return new HeatMap(WeightGrid.of(NAME, weights), DEFAULT_OPACITY, false, List.of());
    }

    /**
     * Creates a heat map from a tensor {@code [H, W]} of any type.
     *
     * @throws IllegalArgumentException when it has another rank, is empty, or a weight is not finite
     */
    public static HeatMap of(Tensor weights) {
        return new HeatMap(WeightGrid.of(NAME, weights), DEFAULT_OPACITY, false, List.of());
    }

    /**
     * Copy with another opacity.
     *
     * @param opacity opacity from 0, only the image, to 1, only the colors
     * @throws IllegalArgumentException when it is out of range
     */
    public HeatMap withOpacity(double opacity) {
        Check.probability("HeatMap: opacity", opacity);
        return new HeatMap(grid, opacity, sharp, marks);
    }

    /**
     * Copy with a given scale, so that several can be compared; weights beyond it take the end colors.
     *
     * @throws IllegalArgumentException when an end is not finite or the lower not below the higher
     */
    public HeatMap withRange(double low, double high) {
        return new HeatMap(grid.withRange(NAME, low, high), opacity, sharp, marks);
    }

    /** Copy with a single color for every cell; by default, colors are interpolated between cells. */
    public HeatMap withSharpCells() {
        return new HeatMap(grid, opacity, true, marks);
    }

    /**
     * Copy with the outline of a rectangle of cells, such as the query whose attention it shows.
     *
     * @param row row of the first cell, from 0 at the top
     * @param column column of the first cell, from 0 at the left
     * @param rows number of rows, at least 1
     * @param columns number of columns, at least 1
     * @throws IllegalArgumentException when the rectangle is empty or extends beyond the grid
     */
    public HeatMap withMark(int row, int column, int rows, int columns) {
        boolean inside = row >= 0 && column >= 0 && rows >= 1 && columns >= 1;
        if (!inside || row > grid.height() - rows || column > grid.width() - columns) {
            throw new IllegalArgumentException("HeatMap: a mark must be a rectangle of cells inside the "
                    + grid.height() + " x " + grid.width() + " grid, got " + rows + " x " + columns + " cells from row "
                    + row + ", column " + column);
        }
        List<Mark> more = new ArrayList<>(marks);
        more.add(new Mark(row, column, rows, columns));
        return new HeatMap(grid, opacity, sharp, List.copyOf(more));
    }

    /** Legend of the colors: {@code map.bar().beside(map.drawOn(image))}. */
    public ColorBar bar() {
        return grid.bar();
    }

    /** Draws the map over the whole image. */
    public RgbImage drawOn(RgbImage image) {
        return drawOn(image, InputGeometry.whole(image));
    }

    /**
     * Draws the map over the part of the image that the model saw.
     *
     * @param geometry part of the image that the grid covers
     */
    public RgbImage drawOn(RgbImage image, InputGeometry geometry) {
        double[] rows = gridPoints(image.height(), geometry.top(), geometry.bottom(), grid.height());
        double[] columns = gridPoints(image.width(), geometry.left(), geometry.right(), grid.width());
        CubicTaps down = new CubicTaps(sharp ? cellCenters(rows) : rows, grid.height());
        CubicTaps across = new CubicTaps(sharp ? cellCenters(columns) : columns, grid.width());
        byte[] rgb = image.toBytes();
        for (int y = 0, i = 0; y < rows.length; y++) {
            double[] row = row(down, y);
            boolean rowSeen = isInside(rows[y], grid.height());
            for (int x = 0; x < columns.length; x++, i += 3) {
                if (rowSeen && isInside(columns[x], grid.width())) {
                    blend(rgb, i, value(row, across, x));
                } else {
                    darken(rgb, i);
                }
            }
        }
        return outlined(RgbImage.of(image.height(), image.width(), rgb), geometry);
    }

    /** Position in the grid of each pixel's center; cell {@code i} extends from {@code i} to {@code i + 1}. */
    private static double[] gridPoints(int pixels, double start, double end, int cells) {
        double[] points = new double[pixels];
        Arrays.setAll(points, p -> (p + 0.5 - start) / (end - start) * cells);
        return points;
    }

    /** Centers of the cells that contain the points. */
    private static double[] cellCenters(double[] points) {
        return Arrays.stream(points).map(p -> Math.floor(p) + 0.5).toArray();
    }

    private static boolean isInside(double point, int cells) {
        return point >= 0 && point < cells;
    }

    /** Values of the grid along one line of pixels. */
    private double[] row(CubicTaps down, int y) {
        double[] row = new double[grid.width()];
        for (int t = CubicTaps.TAPS * y; t < CubicTaps.TAPS * (y + 1); t++) {
            for (int x = 0; x < row.length; x++) {
                row[x] += down.weight[t] * grid.share(down.index[t], x);
            }
        }
        return row;
    }

    private static double value(double[] row, CubicTaps across, int x) {
        double sum = 0;
        for (int t = CubicTaps.TAPS * x; t < CubicTaps.TAPS * (x + 1); t++) {
            sum += across.weight[t] * row[across.index[t]];
        }
        return Math.max(0, Math.min(1, sum));
    }

    /** Draws the marks over the picture: white on black, to be visible on every color. */
    private RgbImage outlined(RgbImage picture, InputGeometry geometry) {
        if (marks.isEmpty()) {
            return picture;
        }
        Canvas canvas = new Canvas(picture.width(), picture.height());
        canvas.picture(picture, 0, 0);
        for (Mark mark : marks) {
            double left = geometry.x((double) mark.column / grid.width());
            double top = geometry.y((double) mark.row / grid.height());
            double width = geometry.x((double) (mark.column + mark.columns) / grid.width()) - left;
            double height = geometry.y((double) (mark.row + mark.rows) / grid.height()) - top;
            canvas.outline(new Rectangle2D.Double(left, top, width, height));
        }
        return canvas.finish();
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
