package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.Value;

/**
 * An encoder whose work was done before: its image is a map of features, such as a pretrained encoder's that does not learn, and
 * its tokens are the places of the map. It has no weights.
 *
 * @param width channels of the feature map
 * @param rows of the map
 * @param columns of the map
 */
public record FeatureEncoder(int width, int rows, int columns) implements VisionEncoder {
    /** Checks the sizes. */
    public FeatureEncoder {
        Check.positive("FeatureEncoder: width", width);
        Check.positive("FeatureEncoder: rows", rows);
        Check.positive("FeatureEncoder: columns", columns);
    }

    @Override
    public int imageHeight() {
        return rows;
    }

    @Override
    public int imageWidth() {
        return columns;
    }

    @Override
    public int channels() {
        return width;
    }

    @Override
    public String describe() {
        return "features computed before, " + width + " channels";
    }

    @Override
    public Tokens build(Scope scope, Value features) {
        return Tokens.ofMap(features);
    }
}
