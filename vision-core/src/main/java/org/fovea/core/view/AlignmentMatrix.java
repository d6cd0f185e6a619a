package org.fovea.core.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/**
 * Attention of each row, such as a word that is written, to each column, such as a word that was read: a table of cells in
 * the colors of {@link HeatMap}, labeled, with a legend; immutable and thread-safe.
 *
 * <pre>{@code
 * AlignmentMatrix.of(weights, List.of("la", "zone"), List.of("the", "area")).draw().writePng(file);
 * }</pre>
 */
public final class AlignmentMatrix {
    private static final String NAME = "AlignmentMatrix";
    private static final int WIDEST_CELL = 46;
    private static final int NARROWEST_CELL = 3;
    private static final int TABLE = 560;
    /** Width of a cell in pixels at which its number fits, and a label beside it fits on one line. */
    private static final int NUMBERED_CELL = 34;

    private static final int PAD = 8;
    private static final double SLOPE = Math.toRadians(55);

    private final WeightGrid grid;
    private final List<String> rows;
    private final List<String> columns;
    private final String rowAxis;
    private final String columnAxis;

    private AlignmentMatrix(
            WeightGrid grid, List<String> rows, List<String> columns, String rowAxis, String columnAxis) {
        this.grid = grid;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        this.rowAxis = rowAxis;
        this.columnAxis = columnAxis;
        checkLabels("rows", rows, grid.height());
        checkLabels("columns", columns, grid.width());
    }

    private static void checkLabels(String what, List<String> labels, int count) {
        if (!labels.isEmpty() && labels.size() != count) {
            throw new IllegalArgumentException(NAME + ": there must be a label for each of the " + count + " " + what
                    + ", or none, got " + labels);
        }
    }

    /**
     * Creates a matrix from rows of weights; copied.
     *
     * @param rows label of each row, or none
     * @param columns label of each column, or none
     * @throws IllegalArgumentException when the rows are empty or of different lengths, a weight is not finite, or the number
     *     of labels differs
     */
    public static AlignmentMatrix of(float[][] weights, List<String> rows, List<String> columns) {
        return new AlignmentMatrix(WeightGrid.of(NAME, weights), rows, columns, "", "");
    }

    /**
     * Creates a matrix from a tensor {@code [N, M]} of any type.
     *
     * @throws IllegalArgumentException when it has another rank, and as in {@link #of(float[][], List, List)}
     */
    public static AlignmentMatrix of(Tensor weights, List<String> rows, List<String> columns) {
        return new AlignmentMatrix(WeightGrid.of(NAME, weights), rows, columns, "", "");
    }

    /** Copy with a title for each axis. */
    public AlignmentMatrix withAxes(String rowAxis, String columnAxis) {
        return new AlignmentMatrix(grid, rows, columns, rowAxis, columnAxis);
    }

    /**
     * Copy with a given scale, such as 0 to 1; weights beyond it take the end colors.
     *
     * @throws IllegalArgumentException when an end is not finite or the lower not below the higher
     */
    public AlignmentMatrix withRange(double low, double high) {
        return new AlignmentMatrix(grid.withRange(NAME, low, high), rows, columns, rowAxis, columnAxis);
    }

    /** Draws labels, cells, with their numbers if they fit, and the legend. */
    public RgbImage draw() {
        int cell = Math.max(NARROWEST_CELL, Math.min(WIDEST_CELL, TABLE / Math.max(grid.width(), grid.height())));
        int axisLeft = rowAxis.isEmpty() ? 0 : Canvas.LINE + PAD / 2;
        int axisTop = columnAxis.isEmpty() ? 0 : Canvas.LINE;
        boolean level = Canvas.widest(columns, Canvas.NORMAL) <= cell - 2;
        int widest = Canvas.widest(columns, Canvas.NORMAL);
        int left = PAD + axisLeft + (rows.isEmpty() ? 0 : Canvas.widest(rows, Canvas.NORMAL) + PAD);
        int top = PAD + axisTop + labelHeight(level, widest);
        int overhang = level || columns.isEmpty() ? 0 : overhang(cell);
        int width = grid.width() * cell;
        int height = grid.height() * cell;
        int body = Math.max(height, 3 * Canvas.LINE);
        int bar = left + Math.max(width, overhang);
        Canvas canvas = new Canvas(bar + grid.bar().width() + PAD, top + body + PAD);
        cells(canvas, left, top, cell);
        labels(canvas, left, top, cell, level);
        canvas.graphics().setColor(Canvas.PALE);
        canvas.text(columnAxis, left + width / 2.0, PAD + Canvas.LINE / 2.0, Canvas.SMALL, Canvas.Align.CENTER);
        int half = Canvas.width(rowAxis, Canvas.SMALL) / 2;
        canvas.risingText(rowAxis, PAD + Canvas.LINE / 2.0, top + height / 2.0 + half, Math.PI / 2, Canvas.SMALL);
        grid.bar().draw(canvas, bar, top, body);
        return canvas.finish();
    }

    private int labelHeight(boolean level, int widest) {
        if (columns.isEmpty()) {
            return 0;
        }
        return level ? Canvas.LINE + PAD / 2 : (int) Math.ceil(widest * Math.sin(SLOPE)) + Canvas.LINE;
    }

    /** Distance in pixels from the left of the cells to the rightmost end of a sloping label. */
    private int overhang(int cell) {
        double end = 0;
        for (int x = 0; x < columns.size(); x++) {
            end = Math.max(end, (x + 0.5) * cell + Canvas.width(columns.get(x), Canvas.NORMAL) * Math.cos(SLOPE));
        }
        return (int) Math.ceil(end);
    }

    private void cells(Canvas canvas, int left, int top, int cell) {
        Graphics2D g = canvas.graphics();
        int line = cell >= NUMBERED_CELL / 2 ? 1 : 0;
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                double share = grid.share(y, x);
                g.setColor(new Color(Viridis.rgb(share)));
                g.fillRect(left + x * cell, top + y * cell, cell - line, cell - line);
                if (cell >= NUMBERED_CELL) {
                    g.setColor(Viridis.isLight(share) ? Color.BLACK : Color.WHITE);
                    String number = String.format(Locale.ROOT, "%.2f", grid.rows()[y][x]);
                    canvas.text(
                            number, left + (x + 0.5) * cell, top + (y + 0.5) * cell, Canvas.SMALL, Canvas.Align.CENTER);
                }
            }
        }
    }

    private void labels(Canvas canvas, int left, int top, int cell, boolean level) {
        canvas.graphics().setColor(Canvas.INK);
        for (int y = 0; y < rows.size(); y++) {
            canvas.text(rows.get(y), left - PAD, top + (y + 0.5) * cell, Canvas.NORMAL, Canvas.Align.RIGHT);
        }
        for (int x = 0; x < columns.size(); x++) {
            double middle = left + (x + 0.5) * cell;
            if (level) {
                canvas.text(columns.get(x), middle, top - Canvas.LINE / 2.0, Canvas.NORMAL, Canvas.Align.CENTER);
            } else {
                canvas.risingText(columns.get(x), middle, top - PAD, SLOPE, Canvas.NORMAL);
            }
        }
    }
}
