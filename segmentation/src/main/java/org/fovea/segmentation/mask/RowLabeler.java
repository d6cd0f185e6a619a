package org.fovea.segmentation.mask;

import java.util.Arrays;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.InputGeometry;

/**
 * Labels the pixels of an image with the output that is largest there, from the rows of places of its grid one after the other:
 * scores are bilinear between the places' centers. Holds two rows of places, whatever the size of the image; not thread-safe.
 *
 * <p>Between four places a score is at least the least and at most the largest of its four: only outputs that can win at all are
 * computed, which most often is one.
 */
public final class RowLabeler {
    private static final float NEGLIGIBLE = -20; // e^-20 is negligible beside 1

    private final int outputs;
    private final int rows;
    private final int columns;
    private final int height;
    private final int width;
    private final GridAxis down;
    private final GridAxis across;
    private final char[] candidates;
    private final int[] count;
    private final char[] labels;
    private final float[] scores;
    private float[] above;
    private float[] below;
    private float[] sureAbove;
    private float[] sureBelow;
    private int added;
    private int y;

    /** Takes rows of pixels. */
    public interface Rows {
        /**
         * Receives a row; rows come in order from the top.
         *
         * @param labels labels of the pixels; the array is reused
         * @param scores scores of the pixels, 0 to 1; the array is reused
         */
        void row(int y, char[] labels, float[] scores);
    }

    /**
     * Creates a labeler for one image.
     *
     * @param rows rows of the grid
     * @param columns columns of the grid
     * @param geometry rectangle of the image that the grid covers
     * @param height of the image
     * @param width of the image
     */
    public RowLabeler(int outputs, int rows, int columns, InputGeometry geometry, int height, int width) {
        this.outputs = outputs;
        this.rows = rows;
        this.columns = columns;
        this.height = height;
        this.width = width;
        this.down = GridAxis.of(height, geometry.top(), geometry.bottom(), rows);
        this.across = GridAxis.of(width, geometry.left(), geometry.right(), columns);
        this.candidates = new char[Math.multiplyExact(outputs, columns)];
        this.count = new int[columns];
        this.labels = new char[width];
        this.scores = new float[width];
        this.above = new float[outputs * columns];
        this.below = new float[outputs * columns];
        this.sureAbove = new float[columns];
        this.sureBelow = new float[columns];
    }

    /**
     * Takes the next row of the grid, and passes on the rows of pixels that are decided now.
     *
     * @param places outputs {@code [outputs, columns]}; copied
     * @throws ImageException when a score is infinite or NaN
     */
    public void add(float[] places, Rows out) {
        swap();
        System.arraycopy(places, 0, below, 0, below.length);
        confidence(below, sureBelow);
        added++;
        if (added == 1) {
            System.arraycopy(below, 0, above, 0, above.length);
            System.arraycopy(sureBelow, 0, sureAbove, 0, columns);
        }
        int cell = added - 2;
        if (added >= 2) {
            emit(cell, out);
        }
        if (added == rows) {
            swap();
            System.arraycopy(above, 0, below, 0, below.length);
            System.arraycopy(sureAbove, 0, sureBelow, 0, columns);
            emit(added - 1, out);
        }
    }

    private void swap() {
        float[] places = above;
        above = below;
        below = places;
        float[] sure = sureAbove;
        sureAbove = sureBelow;
        sureBelow = sure;
    }

    /** Probability of the most likely output at each position. */
    private void confidence(float[] places, float[] out) {
        float[] largest = new float[columns];
        double[] sum = new double[columns];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        for (int i = 0, k = 0; k < outputs; k++) {
            for (int c = 0; c < columns; c++, i++) {
                largest[c] = Math.max(largest[c], places[i]);
            }
        }
        for (int i = 0, k = 0; k < outputs; k++) {
            for (int c = 0; c < columns; c++, i++) {
                float less = places[i] - largest[c];
                sum[c] += less < NEGLIGIBLE ? 0 : Math.exp(less);
            }
        }
        for (int c = 0; c < columns; c++) {
            out[c] = (float) (1 / sum[c]);
            if (!(out[c] > 0 && out[c] <= 1)) {
                throw new ImageException(
                        "the image",
                        "the model's result must be finite, got " + largest[c]
                                + "; compute in f32, or check the checkpoint's files, whose numbers may be damaged");
            }
        }
    }

    /** Emits the rows of pixels between two rows of the grid. */
    private void emit(int cell, Rows out) {
        if (y >= height || down.cell(y) != cell) {
            return;
        }
        findCandidates();
        while (y < height && down.cell(y) == cell) {
            labelRow(down.share(y));
            out.row(y++, labels, scores);
        }
    }

    private void findCandidates() {
        Arrays.fill(count, 0);
        float[] least = new float[columns];
        Arrays.fill(least, Float.NEGATIVE_INFINITY);
        for (int k = 0; k < outputs; k++) {
            int at = k * columns;
            for (int c = 0; c < columns; c++) {
                int next = c + 1 < columns ? at + c + 1 : at + c;
                float smallest = Math.min(Math.min(above[at + c], above[next]), Math.min(below[at + c], below[next]));
                least[c] = Math.max(least[c], smallest);
            }
        }
        for (int k = 0; k < outputs; k++) {
            int at = k * columns;
            for (int c = 0; c < columns; c++) {
                int next = c + 1 < columns ? at + c + 1 : at + c;
                float largest = Math.max(Math.max(above[at + c], above[next]), Math.max(below[at + c], below[next]));
                if (largest >= least[c]) {
                    candidates[c * outputs + count[c]++] = (char) k;
                }
            }
        }
    }

    private void labelRow(float share) {
        float[] sure = share < 0.5 ? sureAbove : sureBelow;
        for (int x = 0; x < width; x++) {
            int c = across.cell(x);
            int next = across.next(x);
            float right = across.share(x);
            int best = candidates[c * outputs];
            if (count[c] > 1) {
                float most = Float.NEGATIVE_INFINITY;
                for (int i = 0; i < count[c]; i++) {
                    int k = candidates[c * outputs + i];
                    float score = score(k * columns, c, next, right, share);
                    if (score > most) {
                        most = score;
                        best = k;
                    }
                }
            }
            labels[x] = (char) best;
            scores[x] = sure[right < 0.5 ? c : next];
        }
    }

    private float score(int at, int left, int right, float x, float y) {
        return (1 - y) * ((1 - x) * above[at + left] + x * above[at + right])
                + y * ((1 - x) * below[at + left] + x * below[at + right]);
    }
}
