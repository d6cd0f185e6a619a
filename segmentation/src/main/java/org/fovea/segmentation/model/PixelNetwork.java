package org.fovea.segmentation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Parameters;

/**
 * A network of ours that gives numbers to each pixel of an image of any size, and learns to: scores of classes and, where it
 * tells objects apart, that of the depth in an object.
 */
public interface PixelNetwork {
    /** The input: {@code [B, 3, H, W]}, RGB, 0 to 1; H and W multiples of {@link #stride}. */
    String PIXELS = "pixel_values";
    /** Output: class scores, {@code [B, K, H, W]}. */
    String LOGITS = "logits";
    /** Output: logits of the depth, {@code [B, 1, H, W]}; their sigmoid is 1 at the center of an object and 0 outside. */
    String DISTANCE = "distance_logits";

    /** Description of the architecture. */
    String describe();

    /** Number of classes, K, the background included. */
    int classes();

    /**
     * Returns whether the network also predicts the depth of each pixel within its object, which separates touching objects.
     */
    boolean hasDistance();

    /** Pixels that height and width must be a multiple of. */
    int stride();

    /**
     * Adds the network and its weights.
     *
     * @param pixels {@code [B, 3, H, W]}, RGB, 0 to 1
     * @throws IllegalArgumentException when height or width is not a multiple of the stride
     */
    Maps build(Scope scope, Value pixels);

    /** Layouts of the attention weights of {@link #build} for images of the given size, in their order. */
    List<AttentionLayout> attentions(int height, int width);

    /**
     * Initial weights for training.
     *
     * @param seed seed of the random values
     */
    Parameters initial(long seed);

    /**
     * Results of the network.
     *
     * @param all {@code [B, K, H, W]}, or {@code [B, K + 1, H, W]} with the distance last
     * @param logits {@code [B, K, H, W]}
     * @param distance {@code [B, 1, H, W]}
     * @param features feature maps of the encoder at each resolution, {@code [B, C, rows, columns]}, the finest first
     * @param attentions supplies the attention weights, which are added to the graph on demand
     */
    record Maps(
            Value all, Value logits, Optional<Value> distance, List<Value> features, Supplier<List<Value>> attentions) {
        /** Splits maps of all outputs, of which the first {@code classes} are class scores. */
        static Maps of(Value all, int classes, List<Value> features, Supplier<List<Value>> attentions) {
            int outputs = all.shape().dim(1);
            return outputs > classes
                    ? new Maps(
                            all,
                            all.slice(1, 0, classes),
                            Optional.of(all.slice(1, classes, outputs)),
                            features,
                            attentions)
                    : new Maps(all, all, Optional.empty(), features, attentions);
        }
    }

    /** Number of output maps: K, and one more with distance. */
    default int outputs() {
        return classes() + (hasDistance() ? 1 : 0);
    }

    /** Inference graph: input {@link #PIXELS}, outputs {@link #LOGITS} and, for a network with distance, {@link #DISTANCE}. */
    default Graph graph(int batch, int height, int width) {
        Graph graph = new Graph();
        Maps maps = build(Scope.of(graph), graph.input(PIXELS, batch, 3, height, width));
        graph.output(LOGITS, maps.logits());
        maps.distance().ifPresent(value -> graph.output(DISTANCE, value));
        return graph;
    }

    /** Training graph of a small image. */
    default Graph trainingGraph() {
        Graph graph = new Graph();
        int side = 2 * stride(); // so that every channel has several elements, as batch normalization needs
        build(Scope.training(graph, DropRates.none()), graph.input(PIXELS, 1, 3, side, side));
        return graph;
    }

    /** The shapes of all weights. */
    default Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        trainingGraph().parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    /**
     * Input of the first convolution, {@code [B, 6, H, W]}: the pixels and their square roots, so that dark images fill the
     * range too.
     */
    static Value brightened(Value pixels) {
        return pixels.concat(1, pixels.unary(UnaryKind.SQRT));
    }

    /**
     * Checks the sides of an image.
     *
     * @throws IllegalArgumentException when one is not a positive multiple of the stride
     */
    default void checkSides(int height, int width) {
        Check.that(
                height > 0 && width > 0 && height % stride() == 0 && width % stride() == 0,
                getClass().getSimpleName() + ": height and width",
                "be multiples of " + stride(),
                height + " x " + width);
    }
}
