package org.fovea.vit.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/**
 * The compact convolutional transformer as a graph: input {@link VisionTransformer#PIXELS}, output
 * {@link VisionTransformer#LOGITS} and any {@link Extra}; with {@link Extra#ATTENTIONS} also {@link #POOLING_WEIGHTS}.
 *
 * <p>Its weights, N being the number of tokens: {@code tokenizer.i.weight} [out, in, k, k], {@code positions} [1, N,
 * width], {@code blocks.i.*} as {@link org.fovea.core.nn} names those of a block, {@code norm.scale}, {@code .shift},
 * {@code pool.weight} [1, width], {@code pool.bias} [1], {@code head.weight} [classes, width], {@code head.bias}.
 *
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, figure 2</a>; details as in the authors' code
 */
final class CompactTransformer {
    /** {@code [B, N]}: the share of each token in what the classifier reads; rows sum to 1. */
    static final String POOLING_WEIGHTS = "reading";

    private static final double LINEAR_STD = 0.02;
    private static final double POSITION_STD = 0.2;

    private CompactTransformer() {}

    static Graph graph(CctConfig config, int batch, DropRates rates, Set<Extra> extras) {
        if (batch < 1) {
            throw new IllegalArgumentException("CompactTransformer: batch must be at least 1, got " + batch);
        }
        Graph graph = new Graph();
        Value pixels = graph.input(
                VisionTransformer.PIXELS, batch, config.channels(), config.imageHeight(), config.imageWidth());
        Scope scope = Scope.training(graph, rates);
        Value tokens = config.tokenizer().build(scope.child("tokenizer").enter(), pixels, config.width());
        Value positions = scope.parameter("positions", 1, config.tokenCount(), config.width());
        Value x = scope.dropout(tokens.add(positions)); // [B, N, width]
        x = blocks(config, extras, scope, x);
        if (extras.contains(Extra.LAST_HIDDEN_STATE)) {
            graph.output("last_hidden_state", x);
        }
        Value normed = new LayerNormLayer(CctConfig.NORM_EPSILON)
                .build(scope.child("norm").enter(), x);
        if (extras.contains(Extra.FEATURES)) {
            graph.output("features", normed);
        }
        Value pooled = pool(scope.child("pool").enter(), normed, extras); // [B, width]
        graph.output(
                VisionTransformer.LOGITS,
                new LinearLayer(config.classes(), true)
                        .build(scope.child("head").enter(), pooled));
        return graph;
    }

    private static Value blocks(CctConfig config, Set<Extra> extras, Scope scope, Value tokens) {
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(config.heads(), false),
                new Mlp(config.hidden(), Activation.GELU),
                CctConfig.NORM_EPSILON,
                TransformerBlock.Scaling.NONE,
                NormPlacement.COMPACT);
        Graph graph = scope.graph();
        Value x = tokens;
        for (int i = 0; i < config.depth(); i++) {
            if (extras.contains(Extra.HIDDEN_STATES)) {
                graph.output("hidden_states." + i, x);
            }
            AttentionOutput result = block.build(scope.layer("blocks", i, config.depth()), x);
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

    /** Sequence pooling: the mean of the tokens, weighted by the softmax of a linear map of each (section 3.2). */
    private static Value pool(Scope scope, Value tokens, Set<Extra> extras) {
        int batch = tokens.shape().dim(0);
        Value scores = new LinearLayer(1, true).build(scope, tokens); // [B, N, 1]
        Value weights = scores.reshape(batch, 1, tokens.shape().dim(1)).softmax(2); // [B, 1, N]
        if (extras.contains(Extra.ATTENTIONS)) {
            scope.graph()
                    .output(
                            POOLING_WEIGHTS,
                            weights.reshape(batch, tokens.shape().dim(1)));
        }
        return weights.matmul(tokens).reshape(batch, tokens.shape().dim(2)); // [B, width]
    }

    static Map<String, Shape> parameterShapes(CctConfig config) {
        Map<String, Shape> out = new LinkedHashMap<>();
        graph(config, 1, DropRates.none(), Set.of())
                .parameters()
                .forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    static Parameters randomParameters(CctConfig config, long seed) {
        Parameters.Builder parameters = Parameters.builder();
        parameterShapes(config).forEach((name, shape) -> parameters.initial(name, shape, initializer(name), seed));
        return parameters.build();
    }

    /** As the authors' code: kaiming normal for convolutions, truncated normal for maps and, wider, for positions. */
    private static Initializer initializer(String name) {
        if (name.startsWith("tokenizer.")) {
            return Initializers.kaimingNormal();
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "bias", "shift" -> Initializers.zeros();
            case "scale" -> Initializers.ones();
            case "positions" -> Initializers.truncatedNormal(POSITION_STD);
            default -> Initializers.truncatedNormal(LINEAR_STD);
        };
    }
}
