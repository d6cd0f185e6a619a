package org.fovea.segmentation;

import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.model.AttentionLayout;
import org.fovea.segmentation.model.AttentionLayout.Grid;
import org.fovea.segmentation.model.AttentionLayout.Kind;

/**
 * A segmentation and where the model looked for the class of a pixel, or which channels and places it let through; immutable and
 * thread-safe.
 */
public final class SegmentationExplanation {
    private final Segmentation segmentation;
    private final List<AttentionLayout> layouts;
    private final List<Tensor> weights;
    private final RgbImage image;
    private final InputGeometry geometry;

    /**
     * Wraps the results of one image.
     *
     * @param weights attention weights in the order of the layouts, with batches of one
     * @param geometry the part of the image that the model saw
     */
    SegmentationExplanation(
            Segmentation segmentation,
            List<AttentionLayout> layouts,
            List<Tensor> weights,
            RgbImage image,
            InputGeometry geometry) {
        this.segmentation = segmentation;
        this.layouts = List.copyOf(layouts);
        this.weights = List.copyOf(weights);
        this.image = image;
        this.geometry = geometry;
    }

    /** Predicted masks. */
    public Segmentation segmentation() {
        return segmentation;
    }

    /** Attention mechanisms in the order of the forward pass. */
    public List<AttentionLayout> layers() {
        return layouts;
    }

    /** Attention weights of a mechanism; {@link AttentionLayout.Kind} defines their shape. */
    public Tensor weights(int layer) {
        return weights.get(layer);
    }

    /**
     * Attention weights of the position that contains a pixel, the mean over all heads: {@code [rows, columns]} over the grid
     * of keys.
     *
     * @param layer index of a layer of {@link Kind#PLACES}
     * @param x column of the pixel
     * @param y row of the pixel
     * @throws IllegalArgumentException when the layer has no weights between positions, or the pixel lies outside the image
     */
    public Tensor map(int layer, int x, int y) {
        AttentionLayout layout = layout(layer, Kind.PLACES);
        int query = query(layout.queries(), x, y);
        float[] all = weights.get(layer).toFloats();
        int keys = layout.keys().places();
        int heads = all.length / (layout.queries().places() * keys);
        float[] out = new float[keys];
        for (int head = 0; head < heads; head++) {
            int at = (head * layout.queries().places() + query) * keys;
            for (int i = 0; i < keys; i++) {
                out[i] += all[at + i] / heads;
            }
        }
        return Tensor.of(out, layout.keys().rows(), layout.keys().columns());
    }

    /**
     * Gate of each channel: {@code [C]}.
     *
     * @param layer index of a layer of {@link Kind#CHANNELS}
     * @throws IllegalArgumentException when the layer has no channel gates
     */
    public Tensor channels(int layer) {
        layout(layer, Kind.CHANNELS);
        Tensor gates = weights.get(layer);
        return gates.reshape((int) gates.shape().size());
    }

    /**
     * Gate of each position: {@code [rows, columns]}.
     *
     * @param layer index of a layer of {@link Kind#GATES}
     * @throws IllegalArgumentException when the layer has no spatial gates
     */
    public Tensor gates(int layer) {
        Grid grid = layout(layer, Kind.GATES).queries();
        return weights.get(layer).reshape(grid.rows(), grid.columns());
    }

    /** Draws a map over the part of the image that the model saw. */
    public RgbImage draw(Tensor map) {
        return HeatMap.of(map).drawOn(image, geometry);
    }

    /**
     * Draws a figure: the image with a pixel marked, then a panel for each mechanism; attention between positions is shown for
     * the position of the pixel.
     *
     * @throws IllegalArgumentException when the pixel lies outside the image
     */
    public RgbImage draw(int x, int y) {
        return figure(x, y).draw(IntStream.range(0, layouts.size()).boxed().toList());
    }

    /**
     * Draws the figure of {@link #draw(int, int)} with one mechanism.
     *
     * @throws IllegalArgumentException when there is no such layer, or the pixel lies outside the image
     */
    public RgbImage draw(int layer, int x, int y) {
        Check.within(0, layouts.size() - 1, "SegmentationExplanation: layer", layer);
        return figure(x, y).draw(List.of(layer));
    }

    private AttentionFigure figure(int x, int y) {
        checkPixel(x, y);
        return new AttentionFigure(this, image, geometry, x, y);
    }

    private void checkPixel(int x, int y) {
        Check.within(0, image.width() - 1, "SegmentationExplanation: x", x);
        Check.within(0, image.height() - 1, "SegmentationExplanation: y", y);
    }

    private AttentionLayout layout(int layer, Kind kind) {
        Check.within(0, layouts.size() - 1, "SegmentationExplanation: layer", layer);
        AttentionLayout layout = layouts.get(layer);
        Check.that(
                layout.kind() == kind,
                "SegmentationExplanation: layer " + layer,
                "have weights of the kind " + kind,
                layout.kind());
        return layout;
    }

    private int query(Grid grid, int x, int y) {
        checkPixel(x, y);
        int column = place((x + 0.5 - geometry.left()) / (geometry.right() - geometry.left()), grid.columns());
        int row = place((y + 0.5 - geometry.top()) / (geometry.bottom() - geometry.top()), grid.rows());
        return row * grid.columns() + column;
    }

    private static int place(double share, int places) {
        return (int) Math.max(0, Math.min(places - 1.0, Math.floor(share * places)));
    }
}
