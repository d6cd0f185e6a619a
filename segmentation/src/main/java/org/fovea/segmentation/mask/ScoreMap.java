package org.fovea.segmentation.mask;

import org.fovea.core.Check;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.tensor.Tensor;

/** The numbers of a network over an image: {@code [outputs, rows, columns]} on a grid that covers a rectangle of the image. */
public final class ScoreMap {
    private final int outputs;
    private final int rows;
    private final int columns;
    private final float[] values;
    private final InputGeometry geometry;

    private ScoreMap(int outputs, int rows, int columns, float[] values, InputGeometry geometry) {
        this.outputs = outputs;
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.geometry = geometry;
    }

    /**
     * Scores of an image.
     *
     * @param values outputs in row-major order, not copied; must not change
     * @param geometry the rectangle of the image that the grid covers
     */
    public static ScoreMap of(int outputs, int rows, int columns, float[] values, InputGeometry geometry) {
        Check.that(
                values.length == (long) outputs * rows * columns,
                "ScoreMap: values",
                "be outputs * rows * columns, " + outputs + " * " + rows + " * " + columns,
                values.length);
        return new ScoreMap(outputs, rows, columns, values, geometry);
    }

    /**
     * Scores of one image of a batch.
     *
     * @param logits outputs of the model, {@code [B, outputs, rows, columns]}
     */
    public static ScoreMap of(Tensor logits, int image, InputGeometry geometry) {
        int outputs = logits.shape().dim(1);
        int rows = logits.shape().dim(2);
        int columns = logits.shape().dim(3);
        float[] own = logits.rows(image, image + 1).toFloats();
        return new ScoreMap(outputs, rows, columns, own, geometry);
    }

    /** Number of outputs at each position. */
    public int outputs() {
        return outputs;
    }

    /** Rows of the grid. */
    public int rows() {
        return rows;
    }

    /** Columns of the grid. */
    public int columns() {
        return columns;
    }

    /** The rectangle of the image that the grid covers. */
    public InputGeometry geometry() {
        return geometry;
    }

    /** Value of an output at a position. */
    public float at(int output, int row, int column) {
        return values[(output * rows + row) * columns + column];
    }

    /** Copies the outputs of a row of positions: {@code [outputs, columns]}. */
    public void copyRow(int row, float[] target) {
        for (int k = 0; k < outputs; k++) {
            System.arraycopy(values, (k * rows + row) * columns, target, k * columns, columns);
        }
    }

    /**
     * One output at every pixel, interpolated bilinearly between the centers of positions like PyTorch with {@code
     * align_corners=False}.
     *
     * @return values {@code [height, width]}, row-major
     */
    public float[] atPixels(int output, int height, int width) {
        GridAxis down = GridAxis.of(height, geometry.top(), geometry.bottom(), rows);
        GridAxis across = GridAxis.of(width, geometry.left(), geometry.right(), columns);
        float[] out = new float[Math.multiplyExact(height, width)];
        float[] line = new float[columns];
        for (int y = 0; y < height; y++) {
            int above = (output * rows + down.cell(y)) * columns;
            int below = (output * rows + down.next(y)) * columns;
            float share = down.share(y);
            for (int c = 0; c < columns; c++) {
                line[c] = (1 - share) * values[above + c] + share * values[below + c];
            }
            for (int x = 0; x < width; x++) {
                float right = across.share(x);
                out[y * width + x] = (1 - right) * line[across.cell(x)] + right * line[across.next(x)];
            }
        }
        return out;
    }
}
