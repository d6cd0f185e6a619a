package org.fovea.vit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/**
 * A classifier whose tokens come from a grid of places on the image, an encoder and a head: all that what runs, explains, trains
 * or saves one needs of it. An architecture is a record that implements this.
 */
public interface ClassifierConfig {
    /** The input: {@code [B, channels, H, W]}, float32, normalized as the checkpoint's preprocessor does. */
    String PIXELS = "pixel_values";
    /** The output: {@code [B, classes]}. */
    String LOGITS = "logits";

    /** The part that other tasks share. */
    VisionEncoder encoder();

    /**
     * The part of an image that the grid of patches shows: all that the model's input shows, but for a rest at the right and the
     * bottom that gives no whole patch.
     *
     * @param input geometry of the whole input
     */
    default InputGeometry gridGeometry(InputGeometry input) {
        return input;
    }

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

    /** The number of transformer blocks, or of layers where there are none. */
    int depth();

    /** The number of heads of each attention; 0 where there is none. */
    int heads();

    /** The number of logits. */
    int classes();

    /** The number of tokens of an image, those before the grid's included. */
    default int tokenCount() {
        return gridRows() * gridColumns();
    }

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
    Tokens encode(Scope scope, Value pixels, Set<Extra> extras);

    /**
     * Adds the head to a graph, with the output {@code features} where {@link Extra#FEATURES} is wanted.
     *
     * @param tokens as {@link #encode} yields them
     * @return {@code [B, classes]}
     */
    Value classify(Scope scope, Tokens tokens, Set<Extra> extras);

    /** The distribution of a weight's first values; matrices with a standard deviation of 0.02, as timm and Hugging Face have it. */
    default Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale", "scale1", "scale2" -> Initializers.ones();
            default -> Initializers.truncatedNormal(0.02);
        };
    }

    /**
     * The weights that an inference graph of {@code target} asks for.
     *
     * @param learned of this configuration; asked when the result is
     * @param target this configuration, or it with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    default WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        return learnedParameters(learned, target);
    }

    /**
     * The weights that training of {@code target} starts from: these, the position embedding resized to its grid.
     *
     * @param learned of this configuration; asked when the result is
     * @param target this configuration, or it with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    WeightSource learnedParameters(WeightSource learned, ClassifierConfig target);

    /**
     * The share of each token after the last block in what the classifier reads, or in its answer; they sum to 1.
     *
     * @param outputs of one image, with {@link Extra#ATTENTIONS}
     */
    double[] poolingWeights(Map<String, Tensor> outputs);

    /**
     * The attention weights to explain an answer with.
     *
     * @param outputs of one image, with {@link Extra#ATTENTIONS}
     * @return of each layer {@code [1, heads, N, N]}, the first layer first, N being {@link #tokenCount}
     */
    default List<Tensor> attentions(Map<String, Tensor> outputs) {
        return IntStream.range(0, depth())
                .mapToObj(i -> outputs.get("attentions." + i))
                .toList();
    }

    /**
     * A map of the tokens' grid as a map of the image, which are the same unless a front straightens the image.
     *
     * @param map {@code [rows, columns]} of shares of the tokens
     * @param outputs of the same image, with {@link Extra#ATTENTIONS}
     * @return {@code [rows, columns]} of the image, with the same sum
     */
    default Tensor onImage(Tensor map, Map<String, Tensor> outputs) {
        return map;
    }

    /** The results of {@link Extra#HIDDEN_STATES} that {@link #encode} has not put out itself. */
    default List<Value> hiddenStates(Tokens tokens) {
        return tokens.hiddenStates();
    }

    /** The architecture in words: rows {@code architecture}, {@code feed-forward}, {@code tokens} and {@code head}, and facts. */
    ModelSummary describe();

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
        return graph(Scope.of(new Graph(), Mode.INFERENCE), batch, extras);
    }

    /**
     * The graph that learns: the same input and output; asks for the learned weights, and with drops for the index input
     * {@link org.fovea.core.nn.DropoutContext#SEED}.
     *
     * @param batch images at once, at least 1
     */
    default Graph trainingGraph(int batch, DropRates rates) {
        return graph(Scope.training(new Graph(), rates), batch, Set.of());
    }

    /**
     * A graph for images of the configuration's size, in any mode.
     *
     * @param scope the top of a new graph
     * @param batch images at once, at least 1
     * @throws IllegalArgumentException when the batch is less than 1
     */
    default Graph graph(Scope scope, int batch, Set<Extra> extras) {
        if (batch < 1) {
            throw new IllegalArgumentException("ClassifierConfig: batch must be at least 1, got " + batch);
        }
        Graph graph = scope.graph();
        Value pixels = graph.input(PIXELS, batch, channels(), imageHeight(), imageWidth());
        Tokens tokens = encode(scope, pixels, extras);
        if (extras.contains(Extra.HIDDEN_STATES)) {
            output(graph, "hidden_states.", hiddenStates(tokens));
        }
        if (extras.contains(Extra.ATTENTIONS)) {
            output(graph, "attentions.", tokens.attentions());
        }
        if (extras.contains(Extra.LAST_HIDDEN_STATE)) {
            graph.output("last_hidden_state", tokens.values());
        }
        graph.output(LOGITS, classify(scope, tokens, extras));
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
