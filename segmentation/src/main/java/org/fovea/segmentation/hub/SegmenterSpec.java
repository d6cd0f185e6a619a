package org.fovea.segmentation.hub;

import java.util.List;
import org.fovea.core.hub.NameTable;
import org.fovea.segmentation.mask.ScoreDecoder;
import org.fovea.segmentation.mask.SemanticDecoder;
import org.fovea.segmentation.model.SegmenterModel;

/**
 * A segmenter as its {@code config.json} tells it.
 *
 * @param model for the family's usual image size; the checkpoint's preprocessing says the one in use
 * @param names of the weights
 * @param labels one per class
 * @param decoder from the model's numbers to masks
 * @param tilePixels side of the tiles, at the image's own scale, that the model sees; 0 for a model that sees the whole image,
 *     resized as the checkpoint's preprocessing says
 */
public record SegmenterSpec(
        SegmenterModel model, NameTable names, List<String> labels, ScoreDecoder decoder, int tilePixels) {
    /** Copies the list. */
    public SegmenterSpec {
        labels = List.copyOf(labels);
    }

    /** A model whose outputs are scores of classes, which sees the whole image. */
    public static SegmenterSpec semantic(SegmenterModel model, NameTable names, List<String> labels) {
        return new SegmenterSpec(model, names, labels, new SemanticDecoder(), 0);
    }
}
