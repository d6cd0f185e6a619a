package org.fovea.vit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.nn.TransformerBlock.Scaling;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/**
 * The vision transformer as a graph: input {@link #PIXELS}, output {@link #LOGITS} and any {@link Extra}.
 *
 * <p>Its weights, as {@link #parameterShapes} lists them (N patches, P class tokens and registers, C classes):
 *
 * <ul>
 *   <li>{@code patches.weight} [width, channels·p·p], {@code patches.bias};
 *   <li>{@code class_token} and {@code distillation_token} [1, 1, width], {@code registers} [1, registers, width];
 *   <li>{@code positions} [1, positioned tokens, width];
 *   <li>{@code embedding_norm.scale}, {@code .shift};
 *   <li>{@code blocks.i.*} as {@link org.fovea.core.nn} names those of a block;
 *   <li>{@code norm.scale}, {@code .shift}, {@code head.weight} [C, width or 2·width], {@code head.bias},
 *       {@code distillation_head.weight}, {@code .bias}.
 * </ul>
 *
 * <p>The {@link Mode#INFERENCE} graph asks for some of them prepared: {@code prefix} [1, P, width] and
 * {@code patch_positions} [1, N, width] in place of tokens and positions, and the last map of each residual branch with the
 * layer scale already in it. {@link #inferenceParameters} makes them.
 *
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, figure 1</a>
 */
public final class VisionTransformer {
    /** The input: {@code [B, channels, H, W]}, float32, normalised as the checkpoint's preprocessor does. */
    public static final String PIXELS = "pixel_values";
    /** The output: {@code [B, classes]}. */
    public static final String LOGITS = "logits";

    private static final double INITIAL_STD = 0.02; // Dosovitskiy et al.'s successors: timm, DeiT, Hugging Face

    private VisionTransformer() {}

    /** The inference graph for a batch, logits alone. */
    public static Graph graph(ViTConfig config, int batch) {
        return graph(config, batch, Mode.INFERENCE, Set.of());
    }

    /**
     * A graph for images of the configuration's size.
     *
     * @param batch images at once, at least 1
     * @throws IllegalArgumentException when the batch is less than 1
     */
    public static Graph graph(ViTConfig config, int batch, Mode mode, Set<Extra> extras) {
        Graph graph = new Graph();
        return graph(config, batch, Scope.of(graph, mode), extras);
    }

    /**
     * The training graph for a batch, logits alone, with random drops; see {@link ClassifierConfig#trainingGraph}.
     *
     * @param batch images at once, at least 1
     */
    public static Graph trainingGraph(ViTConfig config, int batch, DropRates rates) {
        Graph graph = new Graph();
        return graph(config, batch, Scope.training(graph, rates), Set.of());
    }

    private static Graph graph(ViTConfig config, int batch, Scope scope, Set<Extra> extras) {
        if (batch < 1) {
            throw new IllegalArgumentException("VisionTransformer: batch must be at least 1, got " + batch);
        }
        Graph graph = scope.graph();
        Value pixels = graph.input(PIXELS, batch, config.channels(), config.imageHeight(), config.imageWidth());
        Value x = new ViTEmbedding(config).build(scope, pixels); // [B, N, width]
        x = scope.dropout(x);
        x = blocks(config, extras, scope, x);
        if (extras.contains(Extra.LAST_HIDDEN_STATE)) {
            graph.output("last_hidden_state", x);
        }
        Value logits = new ViTHead(config).build(scope, x, extras.contains(Extra.FEATURES)); // [B, classes]
        graph.output(LOGITS, logits);
        return graph;
    }

    private static Value blocks(ViTConfig config, Set<Extra> extras, Scope scope, Value embedded) {
        int tokens = embedded.shape().dim(1);
        Scaling scaling = config.layerScale() && scope.mode() != Mode.INFERENCE ? Scaling.WEIGHTS : Scaling.NONE;
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(config.heads(), config.qkvBias()),
                config.feedForward(),
                config.normEpsilon(),
                scaling);
        Graph graph = scope.graph();
        Value x = embedded;
        for (int i = 0; i < config.depth(); i++) {
            if (extras.contains(Extra.HIDDEN_STATES)) {
                graph.output("hidden_states." + i, x);
            }
            AttentionOutput result = block.build(
                    scope.layer("blocks", i, config.depth()),
                    x,
                    i == config.depth() - 1 ? tokensRead(config, scope.mode(), extras) : tokens);
            if (extras.contains(Extra.ATTENTIONS)) {
                graph.output("attentions." + i, result.weights());
            }
            x = result.values();
        }
        if (extras.contains(Extra.HIDDEN_STATES)) {
            graph.output("hidden_states." + config.depth(), x);
        }
        return x;
    }

    /** How many of the last block's tokens anybody reads, counted from the first. */
    private static int tokensRead(ViTConfig config, Mode mode, Set<Extra> extras) {
        boolean headAlone = mode == Mode.INFERENCE && extras.isEmpty();
        return headAlone ? new ViTHead(config).tokensRead() : config.tokenCount();
    }

    /** Every learned weight with its shape, in the order of the forward pass. */
    public static Map<String, Shape> parameterShapes(ViTConfig config) {
        Map<String, Shape> out = new LinkedHashMap<>();
        graph(config, 1, Mode.EVALUATION, Set.of()).parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    /**
     * Fresh weights: normal with standard deviation 0.02, cut at two; biases 0; factors 1.
     *
     * @param seed decides the values, with each weight's name
     */
    public static Parameters randomParameters(ViTConfig config, long seed) {
        Parameters.Builder parameters = Parameters.builder();
        parameterShapes(config).forEach((name, shape) -> parameters.initial(name, shape, initializer(name), seed));
        return parameters.build();
    }

    private static Initializer initializer(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return switch (last) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale", "scale1", "scale2" -> Initializers.ones();
            default -> Initializers.truncatedNormal(INITIAL_STD);
        };
    }

    /**
     * The weights that an {@link Mode#INFERENCE} graph of {@code target} asks for.
     *
     * @param stored the configuration the weights belong to
     * @param weights the learned ones; asked when the result is
     * @param target {@code stored}, or it with another image size: positions are resized as {@link TokenLayout#resize} says
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    public static WeightSource inferenceParameters(ViTConfig stored, WeightSource weights, ViTConfig target) {
        return stored.inferenceParameters(weights, target);
    }

    /** Normalisation as every layer of this model does it. */
    static LayerNormLayer norm(ViTConfig config) {
        return new LayerNormLayer(config.normEpsilon());
    }

    /** The class tokens' names, in their order in the sequence. */
    static List<String> classTokenNames(ViTConfig config) {
        return List.of("class_token", "distillation_token")
                .subList(0, config.tokens().classTokens().count());
    }
}
