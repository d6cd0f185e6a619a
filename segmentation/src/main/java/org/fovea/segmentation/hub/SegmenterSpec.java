package org.fovea.segmentation.hub;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.hub.ModelSpec;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Mode;
import org.fovea.core.tensor.Shape;
import org.fovea.segmentation.mask.ScoreDecoder;
import org.fovea.segmentation.mask.SemanticDecoder;
import org.fovea.segmentation.model.SegmenterModel;

/**
 * A segmenter as its {@code config.json} tells it.
 *
 * @param model model for the family's default image size; the checkpoint's preprocessing defines the size in use
 * @param names of the weights
 * @param labels class names
 * @param decoder converts the model's outputs to masks
 * @param tilePixels side of the tiles that the model processes at the image's original scale; 0 for a model that processes the
 *     whole image, resized by the checkpoint's preprocessing
 */
public record SegmenterSpec(
        SegmenterModel model, NameTable names, List<String> labels, ScoreDecoder decoder, int tilePixels)
        implements ModelSpec {
    /** Copies the list. */
    public SegmenterSpec {
        labels = List.copyOf(labels);
    }

    @Override
    public Map<String, Shape> parameterShapes() {
        return model.parameterShapes();
    }

    @Override
    public boolean followsPreprocessing() {
        return tilePixels == 0;
    }

    @Override
    public SegmenterSpec withImage(int height, int width) {
        return new SegmenterSpec(model.withImage(height, width), names, labels, decoder, tilePixels);
    }

    @Override
    public ModelDescription describe() {
        ModelSummary summary = ModelSummary.empty()
                .row("architecture", model.describe())
                .image(model.channels(), model.imageHeight(), model.imageWidth())
                .fact("tiled", tilePixels > 0)
                .list("classes", labels.size(), labels);
        String unit = tilePixels > 0 ? "a tile" : "an image";
        Graph graph = model.graph(Mode.INFERENCE, 1, false);
        return new ModelDescription(summary, parameterShapes(), List.of(ModelPass.of("segmenter", unit, graph)));
    }

    /** Specification of a model whose outputs are class scores and that processes the whole image. */
    public static SegmenterSpec semantic(SegmenterModel model, NameTable names, List<String> labels) {
        return new SegmenterSpec(model, names, labels, new SemanticDecoder(), 0);
    }
}
