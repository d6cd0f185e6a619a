package org.fovea.segmentation.tile;

import java.util.Arrays;
import java.util.function.Function;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/**
 * The numbers of a network over an image that it sees in overlapping tiles: where several tiles see a place, the mean of their
 * numbers under Gaussian windows, which trust the middle of a tile most. Goes down the image a row of tiles at a time and holds
 * the pixels and numbers of one, whatever the image's height.
 *
 * <p>Memory: 3 bytes a pixel and 4·outputs bytes a place of a row of tiles.
 *
 * @param source image
 * @param tilePixels side of a tile, a multiple of the unit
 * @param overlap overlap of the tiles, as a fraction of their side
 * @param unit pixels between two positions of the network's grid
 * @param outputs number of outputs at each position
 * @see <a href="https://arxiv.org/abs/1809.10486">Isensee et al. 2018, nnU-Net, section 2.4</a>
 */
public record TileRun(RegionSource source, int tilePixels, double overlap, int unit, int outputs) {
    /** Takes rows of places. */
    public interface PlaceRows {
        /**
         * Receives a row of the grid; rows come in order from the top.
         *
         * @param places outputs {@code [outputs, columns]}; the array is reused
         */
        void row(int row, float[] places);
    }

    /** Rows of positions. */
    public int rows() {
        return (source.height() + unit - 1) / unit;
    }

    /** Columns of positions. */
    public int columns() {
        return (source.width() + unit - 1) / unit;
    }

    /** Rectangle that the grid covers, which may reach a little beyond the image. */
    public InputGeometry geometry() {
        return new InputGeometry(0, 0, (double) columns() * unit, (double) rows() * unit);
    }

    /**
     * Runs the network over all tiles.
     *
     * @param network maps a square tile to {@code [1, outputs, rows, columns]}
     */
    public void run(Function<RgbImage, Tensor> network, PlaceRows out) {
        TileAxis down = TileAxis.of(source.height(), tilePixels, overlap, unit);
        TileAxis across = TileAxis.of(source.width(), tilePixels, overlap, unit);
        Strip strip = new Strip(source, tilePixels);
        float[] sums = new float[Math.multiplyExact(Math.multiplyExact(down.tile(), outputs), across.places())];
        float[] row = new float[outputs * across.places()];
        for (int i = 0; i < down.count(); i++) {
            int start = down.starts()[i];
            strip.moveTo(start * unit);
            for (int left : across.starts()) {
                Tensor numbers = network.apply(strip.tile(left * unit, tilePixels));
                add(numbers.toFloats(), down, across, left, sums);
            }
            int whole = down.wholeBefore(i + 1);
            for (int r = start; r < whole; r++) {
                copyRow(sums, r - start, down.sums()[r], across, row);
                out.row(r, row);
            }
            moveUp(sums, (whole - start) * row.length);
        }
    }

    /** Adds a tile's outputs times its window; sums are {@code [rows, outputs, columns]}. */
    private void add(float[] numbers, TileAxis down, TileAxis across, int left, float[] sums) {
        int tile = across.tile();
        int columns = Math.min(tile, across.places() - left);
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < tile; r++) {
                float weight = down.windows()[r];
                int from = (k * tile + r) * tile;
                int to = (r * outputs + k) * across.places() + left;
                for (int c = 0; c < columns; c++) {
                    sums[to + c] += weight * across.windows()[c] * numbers[from + c];
                }
            }
        }
    }

    private void copyRow(float[] sums, int row, float weight, TileAxis across, float[] target) {
        int columns = across.places();
        for (int i = 0, k = 0; k < outputs; k++) {
            for (int c = 0; c < columns; c++, i++) {
                target[i] = sums[row * target.length + i] / (weight * across.sums()[c]);
            }
        }
    }

    private static void moveUp(float[] sums, int by) {
        int kept = Math.max(0, sums.length - by);
        System.arraycopy(sums, sums.length - kept, sums, 0, kept);
        Arrays.fill(sums, kept, sums.length, 0);
    }
}
