package org.fovea.vit.model;

import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;

/**
 * A compact convolutional transformer classifier.
 *
 * <p>Its weights are the encoder's, and {@code pool.weight} [1, width], {@code pool.bias} [1], {@code head.weight} [classes,
 * width], {@code head.bias}.
 *
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, section 3.4 and table 11</a>
 */
public record CctConfig(CompactEncoder encoder, int classes) implements GridClassifier {
    /** Extra output {@code [B, N]}: weight of each token in the sequence pooling; rows sum to 1. */
    static final String POOLING_WEIGHTS = "reading";

    private static final double POSITION_STD = 0.2;

    /** Checks the number of classes. */
    public CctConfig {
        ModelLimits.check("CctConfig: classes", classes, 1, ModelLimits.CLASSES);
        ModelLimits.checkTensor("CctConfig: the classifier", classes, encoder.width());
    }

    @Override
    public CctConfig withImage(int height, int width) {
        return new CctConfig(encoder.withImage(height, width), classes);
    }

    @Override
    public CctConfig withClasses(int count) {
        return new CctConfig(encoder, count);
    }

    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        return encoder.blocks(scope, pixels);
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        Value normed = encoder.norm(scope, tokens.values());
        if (extras.contains(Extra.FEATURES)) {
            scope.graph().output("features", normed);
        }
        Value pooled = pool(scope.child("pool").enter(), normed, extras); // [B, width]
        return new LinearLayer(classes, true).build(scope.child("head").enter(), pooled);
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

    /**
     * Initializer as in the authors' code: Kaiming normal for convolutions, truncated normal for linear maps and, wider, for
     * positions.
     */
    @Override
    public Initializer initializer(String name) {
        if (name.startsWith("tokenizer.")) {
            return Initializers.kaimingNormal();
        }
        return name.endsWith("positions")
                ? Initializers.truncatedNormal(POSITION_STD)
                : GridClassifier.super.initializer(name);
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        CompactEncoder other = ((CctConfig) target).encoder();
        return ResizedPositions.of(
                learned, "positions", encoder.positions(), other.positions(), PositionResize.BICUBIC);
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return outputs.get(POOLING_WEIGHTS).toDoubles();
    }

    @Override
    public ModelSummary describe() {
        ConvTokenizer t = encoder.tokenizer();
        String inner = encoder.hidden() + " wide, gelu";
        return ModelSummary.empty()
                .row("architecture", encoder.describe())
                .row("feed-forward", inner)
                .row(
                        "tokens",
                        gridRows() + " x " + gridColumns() + " of " + t.layers() + " convolutions of " + t.kernel()
                                + " x " + t.kernel())
                .row("head", "sequence pooling, norm before pooling")
                .fact("feed_forward", inner)
                .fact("pooling", "sequence");
    }
}
