package org.fovea.vit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Drops;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.GraphOptions.Weights;

/**
 * A classifier whose tokens come from a grid of places on the image, an encoder and a head: all that what runs, explains, trains
 * or saves one needs of it. An architecture is a record that implements this.
 */
public interface ClassifierConfig {
    /** The input: {@code [B, channels, H, W]}, float32, normalised as the checkpoint's preprocessor does. */
    String PIXELS = "pixel_values";
    /** The output: {@code [B, classes]}. */
    String LOGITS = "logits";

    /** The part that other tasks share. */
    VisionEncoder encoder();

    /** Rows of the image. */
    default int imageHeight() {
        return encoder().imageHeight();
    }

    /** Columns of the image. */
    default int imageWidth() {
        return encoder().imageWidth();
    }

    /** Channels of the image. */
    default int channels() {
        return encoder().channels();
    }

    /** Channels of a token. */
    default int width() {
        return encoder().width();
    }

    /** The number of transformer blocks. */
    int depth();

    /** The number of heads of each attention. */
    int heads();

    /** The number of logits. */
    int classes();

    /** The number of tokens of an image, those before the grid's included. */
    int tokenCount();

    /** Rows of the grid of tokens. */
    int gridRows();

    /** Columns of the grid of tokens. */
    int gridColumns();

    /**
     * This model for images of another size.
     *
     * @throws IllegalArgumentException when the model does not take it
     */
    ClassifierConfig withImage(int height, int width);

    /** This model with another number of classes. */
    ClassifierConfig withClasses(int classes);

    /**
     * Adds the encoder to a graph.
     *
     * @return all tokens, or those that the head reads where nothing else is wanted, before the last norm
     */
    Tokens encode(Scope scope, Value pixels, GraphOptions options);

    /**
     * Adds the head to a graph, with the output {@code features} where {@link Extra#FEATURES} is wanted.
     *
     * @param tokens as {@link #encode} yields them
     * @return {@code [B, classes]}
     */
    Value classify(Scope scope, Tokens tokens, GraphOptions options);

    /** The distribution of a weight's first values. */
    Initializer initializer(String name);

    /**
     * The weights that an inference graph of {@code target} asks for.
     *
     * @param learned of this configuration; asked when the result is
     * @param target this configuration, or it with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target);

    /**
     * The weights that training of {@code target} starts from: these, the position embedding resized to its grid.
     *
     * @param learned of this configuration; asked when the result is
     * @param target this configuration, or it with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    WeightSource learnedParameters(WeightSource learned, ClassifierConfig target);

    /**
     * The share of each token after the last block in what the classifier reads; they sum to 1.
     *
     * @param outputs of one image, with {@link Extra#ATTENTIONS}
     */
    double[] poolingWeights(Map<String, Tensor> outputs);

    /** Channels of one head. */
    default int headWidth() {
        return width() / heads();
    }

    /** Every learned weight with its shape, in the order of the forward pass. */
    default Map<String, Shape> parameterShapes() {
        Map<String, Shape> out = new LinkedHashMap<>();
        trainingGraph(1, DropRates.none()).parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    /**
     * Fresh weights, distributed as the model's authors do.
     *
     * @param seed decides the values, with each weight's name
     */
    default Parameters randomParameters(long seed) {
        Parameters.Builder parameters = Parameters.builder();
        parameterShapes().forEach((name, shape) -> parameters.initial(name, shape, initializer(name), seed));
        return parameters.build();
    }

    /**
     * The graph that answers: input {@link #PIXELS}, output {@link #LOGITS} and the extras; asks for
     * {@link #inferenceParameters}.
     *
     * @param batch images at once, at least 1
     */
    default Graph inferenceGraph(int batch, Set<Extra> extras) {
        return graph(batch, Weights.PREPARED, extras, DropRates.none());
    }

    /**
     * The graph that learns: the same input and output; asks for the learned weights, and with drops for the index input
     * {@link org.fovea.core.nn.Drops#SEED}.
     *
     * @param batch images at once, at least 1
     */
    default Graph trainingGraph(int batch, DropRates rates) {
        return graph(batch, Weights.LEARNED, Set.of(), rates);
    }

    /**
     * A graph for images of the configuration's size.
     *
     * @param batch images at once, at least 1
     * @throws IllegalArgumentException when the batch is less than 1
     */
    default Graph graph(int batch, Weights weights, Set<Extra> extras, DropRates rates) {
        if (batch < 1) {
            throw new IllegalArgumentException("ClassifierConfig: batch must be at least 1, got " + batch);
        }
        Graph graph = new Graph();
        Scope scope = Scope.of(graph);
        Value pixels = graph.input(PIXELS, batch, channels(), imageHeight(), imageWidth());
        GraphOptions options = new GraphOptions(weights, extras, Drops.of(graph, rates), rates);
        Tokens tokens = encode(scope, pixels, options);
        if (extras.contains(Extra.HIDDEN_STATES)) {
            output(graph, "hidden_states.", tokens.hiddenStates());
        }
        output(graph, "attentions.", tokens.attentions());
        if (extras.contains(Extra.LAST_HIDDEN_STATE)) {
            graph.output("last_hidden_state", tokens.values());
        }
        graph.output(LOGITS, classify(scope, tokens, options));
        return graph;
    }

    private static void output(Graph graph, String prefix, List<Value> values) {
        for (int i = 0; i < values.size(); i++) {
            graph.output(prefix + i, values.get(i));
        }
    }

    /** The number of learned numbers, classifier included. */
    default long parameterCount() {
        return parameterShapes().values().stream().mapToLong(Shape::size).sum();
    }

    /**
     * Floating-point operations of the matrix products for one image, a multiplication and an addition counted as two, every
     * token of every block computed; classifying takes fewer where the last block computes only what the head reads.
     */
    default long flops() {
        return Flops.of(inferenceGraph(1, Set.of(Extra.LAST_HIDDEN_STATE)));
    }
}
