package org.fovea.segmentation.model;

import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;

/**
 * A {@link PixelNetwork} for images of one size: its maps, scores of the classes and then, where it tells it, that of the depth
 * in an object, at every pixel.
 */
public record PixelSegmenter(PixelNetwork network, int imageHeight, int imageWidth) implements SegmenterModel {
    private static final int CHANNELS = 3;

    /** Checks the size. */
    public PixelSegmenter {
        network.checkSides(imageHeight, imageWidth);
    }

    @Override
    public String describe() {
        return network.describe() + (network.hasDistance() ? ", which tells objects apart" : "");
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public int multiple() {
        return network.stride();
    }

    @Override
    public PixelSegmenter withImage(int height, int width) {
        return new PixelSegmenter(network, height, width);
    }

    @Override
    public SegmenterValues build(Scope scope, Value pixels) {
        // Inference uses the learned weights unchanged.
        Mode mode = scope.isTraining() ? Mode.TRAINING : Mode.EVALUATION;
        PixelNetwork.Maps maps = network.build(
                new Scope(scope.graph(), scope.path(), mode, scope.dropout(), scope.sharesWeights()), pixels);
        return new SegmenterValues(maps.all(), maps.features(), maps.attentions());
    }

    @Override
    public List<AttentionLayout> attentions() {
        return network.attentions(imageHeight, imageWidth);
    }
}
