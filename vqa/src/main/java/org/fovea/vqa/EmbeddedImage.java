package org.fovea.vqa;

import java.util.List;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.vqa.model.Grid;

/**
 * An image that a model has looked at, to be asked about any number of times by the {@link VisualAnswerer} that made it.
 * Immutable and thread-safe; it holds no native memory. For models of several images it stands for all of them.
 */
public final class EmbeddedImage {
    private final VisualAnswerer owner;
    private final RgbImage image;
    private final InputGeometry geometry;
    private final Grid grid;
    private final List<Tensor> tokens;

    /**
     * Creates an embedding.
     *
     * @param image the first image
     * @param geometry part of it that the model saw
     * @param grid grid of positions of the first image
     * @param tokens of each image, {@code [1, M, E]}
     */
    EmbeddedImage(VisualAnswerer owner, RgbImage image, InputGeometry geometry, Grid grid, List<Tensor> tokens) {
        this.owner = owner;
        this.image = image;
        this.geometry = geometry;
        this.grid = grid;
        this.tokens = List.copyOf(tokens);
    }

    /** Image, or the first one if there are several. */
    public RgbImage image() {
        return image;
    }

    /** Tokens of each image, {@code [1, M, E]}, float32. */
    public List<Tensor> tokens() {
        return tokens;
    }

    VisualAnswerer owner() {
        return owner;
    }

    InputGeometry geometry() {
        return geometry;
    }

    Grid grid() {
        return grid;
    }
}
