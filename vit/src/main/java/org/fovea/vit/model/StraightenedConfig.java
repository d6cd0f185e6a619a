package org.fovea.vit.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;

/**
 * A classifier that learns where to look: another one behind a {@link SpatialFront}. Its weights are the other's, and the front's
 * below {@code front}.
 *
 * @param classifier classifier of the straightened image
 */
public record StraightenedConfig(SpatialFront front, ClassifierConfig classifier) implements ClassifierConfig {
    /** Extra output {@code [1, H, W, 2]}: the (x, y) at which each pixel was sampled, -1 to 1. */
    static final String PLACES = "front.places";

    private static final String PREFIX = StraightenedEncoder.FRONT + ".";

    /**
     * Checks that the classifier has no spatial transformer of its own.
     *
     * @throws IllegalArgumentException when the classifier has one already
     */
    public StraightenedConfig {
        if (classifier instanceof StraightenedConfig) {
            throw new IllegalArgumentException("StraightenedConfig: a classifier may have one front, got " + front
                    + " before " + classifier + "; give the classifier without its front");
        }
    }

    /** Returns whether a weight belongs to the spatial transformer. */
    public static boolean isFront(String name) {
        return name.startsWith(PREFIX);
    }

    @Override
    public StraightenedEncoder encoder() {
        return new StraightenedEncoder(front, classifier.encoder());
    }

    @Override
    public int depth() {
        return classifier.depth();
    }

    @Override
    public int heads() {
        return classifier.heads();
    }

    @Override
    public int headWidth() {
        return classifier.headWidth();
    }

    @Override
    public int classes() {
        return classifier.classes();
    }

    @Override
    public int tokenCount() {
        return classifier.tokenCount();
    }

    @Override
    public int gridRows() {
        return classifier.gridRows();
    }

    @Override
    public int gridColumns() {
        return classifier.gridColumns();
    }

    @Override
    public StraightenedConfig withImage(int height, int width) {
        return new StraightenedConfig(front, classifier.withImage(height, width));
    }

    @Override
    public StraightenedConfig withClasses(int count) {
        return new StraightenedConfig(front, classifier.withClasses(count));
    }

    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        SpatialTransformer.Transformed seen = front.build(scope.child(StraightenedEncoder.FRONT), pixels);
        if (extras.contains(Extra.ATTENTIONS)) {
            scope.graph().output(PLACES, seen.places());
        }
        return classifier.encode(scope, seen.image(), extras);
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        return classifier.classify(scope, tokens, extras);
    }

    @Override
    public Initializer initializer(String name) {
        return isFront(name) ? SpatialFront.initializer(name) : classifier.initializer(name);
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return classifier.inferenceParameters(learned, ((StraightenedConfig) target).classifier);
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return classifier.learnedParameters(learned, ((StraightenedConfig) target).classifier);
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return classifier.poolingWeights(outputs);
    }

    @Override
    public List<Tensor> attentions(Map<String, Tensor> outputs) {
        return classifier.attentions(outputs);
    }

    /**
     * {@inheritDoc} Each pixel of the straightened image carries its part of its token's value to the position at which it was
     * sampled.
     */
    @Override
    public Tensor onImage(Tensor map, Map<String, Tensor> outputs) {
        int rows = gridRows();
        int columns = gridColumns();
        float[] shares = map.toFloats();
        float[] places = outputs.get(PLACES).toFloats(); // (x, y) of each pixel
        int[] pixels = new int[shares.length]; // of each token
        for (int i = 0; i < places.length / 2; i++) {
            pixels[token(i)]++;
        }
        double[] out = new double[shares.length];
        for (int i = 0; i < places.length / 2; i++) {
            int to = cell(places[2 * i + 1], rows) * columns + cell(places[2 * i], columns);
            out[to] += (double) shares[token(i)] / pixels[token(i)];
        }
        float[] floats = new float[out.length];
        for (int i = 0; i < out.length; i++) {
            floats[i] = (float) out[i];
        }
        return Tensor.of(floats, rows, columns);
    }

    private int token(int pixel) {
        int row = pixel / imageWidth() * gridRows() / imageHeight();
        return row * gridColumns() + pixel % imageWidth() * gridColumns() / imageWidth();
    }

    /**
     * Index of the cell that contains a coordinate from -1 to 1; the nearest cell for coordinates outside, which repeat the
     * border.
     */
    private static int cell(float place, int cells) {
        return Math.max(0, Math.min(cells - 1, (int) Math.floor((place + 1) / 2 * cells)));
    }

    @Override
    public ModelSummary describe() {
        return classifier
                .describe()
                .row("architecture", encoder().describe())
                .fact("spatial_transformer", front.label());
    }
}
