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
    /** The input: {@code [B, channels, H, W]}, float32, normalized as in the checkpoint's preprocessor. */
    String PIXELS = "pixel_values";
    /** The output: {@code [B, classes]}. */
    String LOGITS = "logits";

    /** Encoder, which other tasks share. */
    VisionEncoder encoder();

    /**
     * Part of an image that the grid of patches covers: all of the model's input, except for pixels at the right and the bottom
     * that fill no whole patch.
     *
     * @param input geometry of the whole input
     */
    default InputGeometry gridGeometry(InputGeometry input) {
        return input;
    }

    /** Height of the image in pixels. */
    default int imageHeight() {
        return encoder().imageHeight();
    }

    /** Width of the image in pixels. */
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

    /** Number of transformer blocks, or of layers in a network without any. */
    int depth();

    /** Number of heads of each attention; 0 in a network without attention. */
    int heads();

    /** The number of logits. */
    int classes();

    /** Number of tokens of an image, including those before the grid's. */
    default int tokenCount() {
        return gridRows() * gridColumns();
    }

    /** Rows of the grid of tokens. */
    int gridRows();

    /** Columns of the grid of tokens. */
    int gridColumns();

    /**
     * Copy for images of another size.
     *
     * @throws IllegalArgumentException when the model does not support the size
     */
    ClassifierConfig withImage(int height, int width);

    /** Copy with another number of classes. */
    ClassifierConfig withClasses(int classes);

    /**
     * Adds the encoder to a graph.
     *
     * @return all tokens before the last norm; where no extras need them, only those that the head reads
     */
    Tokens encode(Scope scope, Value pixels, Set<Extra> extras);

    /**
     * Adds the head to a graph, with the output {@code features} where {@link Extra#FEATURES} is requested.
     *
     * @param tokens as {@link #encode} yields them
     * @return {@code [B, classes]}
     */
    Value classify(Scope scope, Tokens tokens, Set<Extra> extras);

    /**
     * Initial distribution of a weight; matrices have a standard deviation of 0.02, as in timm and Hugging Face transformers.
     */
    default Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale", "scale1", "scale2" -> Initializers.ones();
            default -> Initializers.truncatedNormal(0.02);
        };
    }

    /**
     * Weights for an inference graph of {@code target}.
     *
     * @param learned weights of this configuration, read only when the result is
     * @param target this configuration, or a copy with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    default WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        return learnedParameters(learned, target);
    }

    /**
     * Weights from which training of {@code target} starts: these, with the position embedding resized to its grid.
     *
     * @param learned weights of this configuration, read only when the result is
     * @param target this configuration, or a copy with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    WeightSource learnedParameters(WeightSource learned, ClassifierConfig target);

    /**
     * Weight of each token of the last block in the classifier's pooling, or its contribution to the predicted class; the
     * weights sum to 1.
     *
     * @param outputs outputs for one image, with {@link Extra#ATTENTIONS}
     */
    double[] poolingWeights(Map<String, Tensor> outputs);

    /**
     * Attention weights to explain a prediction with.
     *
     * @param outputs outputs for one image, with {@link Extra#ATTENTIONS}
     * @return weights of each layer, {@code [1, heads, N, N]} with N = {@link #tokenCount}, in the order of the layers
     */
    default List<Tensor> attentions(Map<String, Tensor> outputs) {
        return IntStream.range(0, depth())
                .mapToObj(i -> outputs.get("attentions." + i))
                .toList();
    }

    /**
     * Converts a map over the tokens' grid to one over the image; the two differ only where a spatial transformer straightens
     * the image.
     *
     * @param map map over the tokens, {@code [rows, columns]}
     * @param outputs outputs for the same image, with {@link Extra#ATTENTIONS}
     * @return map over the image, {@code [rows, columns]}, with the same sum
     */
    default Tensor onImage(Tensor map, Map<String, Tensor> outputs) {
        return map;
    }

    /** Results for {@link Extra#HIDDEN_STATES} that {@link #encode} has not made outputs itself. */
    default List<Value> hiddenStates(Tokens tokens) {
        return tokens.hiddenStates();
    }

    /**
     * Description of the architecture: rows {@code architecture}, {@code feed-forward}, {@code tokens} and {@code head}, and
     * facts.
     */
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
     * Random weights, distributed as in the authors' code.
     *
     * @param seed seed, from which each weight's values follow together with its name
     */
    default Parameters randomParameters(long seed) {
        Parameters.Builder parameters = Parameters.builder();
        parameterShapes().forEach((name, shape) -> parameters.initial(name, shape, initializer(name), seed));
        return parameters.build();
    }

    /**
     * Inference graph: input {@link #PIXELS}, output {@link #LOGITS} and the extras; its weights are {@link
     * #inferenceParameters}.
     *
     * @param batch images computed together, at least 1
     */
    default Graph inferenceGraph(int batch, Set<Extra> extras) {
        return graph(Scope.of(new Graph(), Mode.INFERENCE), batch, extras);
    }

    /**
     * Training graph with the same input and output; its weights are the learned ones, and with dropout it has the index input
     * {@link org.fovea.core.nn.DropoutContext#SEED}.
     *
     * @param batch images computed together, at least 1
     */
    default Graph trainingGraph(int batch, DropRates rates) {
        return graph(Scope.training(new Graph(), rates), batch, Set.of());
    }

    /**
     * A graph for images of the configuration's size, in any mode.
     *
     * @param scope top-level scope of a new graph
     * @param batch images computed together, at least 1
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

    /** Number of learned values, classifier included. */
    default long parameterCount() {
        return parameterShapes().values().stream().mapToLong(Shape::size).sum();
    }

    /**
     * Floating-point operations of the matrix products for one image; a multiply-add counts as two, and all tokens of all
     * blocks are counted. Inference takes fewer where the last block computes only the tokens that the head reads.
     */
    default long flops() {
        return Flops.of(inferenceGraph(1, Set.of(Extra.LAST_HIDDEN_STATE)));
    }
}
