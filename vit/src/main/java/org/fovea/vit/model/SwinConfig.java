package org.fovea.vit.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.nn.RelativeBias;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;

/**
 * A Swin transformer classifier: the mean of the last stage's tokens after the last norm, and a linear map.
 *
 * <p>Its weights are the encoder's, and {@code head.weight} [classes, width], {@code head.bias}. Tokens, grid and heads are those
 * of the last stage.
 *
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2103.14030">Liu et al. 2021</a>
 */
public record SwinConfig(SwinEncoder encoder, int classes) implements GridClassifier {
    /** Checks the number of classes. */
    public SwinConfig {
        ModelLimits.check("SwinConfig: classes", classes, 1, ModelLimits.CLASSES);
        ModelLimits.checkTensor("SwinConfig: the classifier", classes, encoder.width());
    }

    @Override
    public SwinConfig withImage(int height, int width) {
        return new SwinConfig(encoder.withImage(height, width), classes);
    }

    @Override
    public SwinConfig withClasses(int count) {
        return new SwinConfig(encoder, count);
    }

    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        return encoder.stages(scope, pixels);
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        return new MeanHead(classes).build(scope, encoder.norm(scope, tokens.values()), extras);
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        return RelativeBias.prepared(learnedParameters(learned, target), ((SwinConfig) target).encoder.biases());
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return encoder.resized(learned, ((SwinConfig) target).encoder);
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return MeanHead.poolingWeights(tokenCount());
    }

    /** Attention weights of the last block of the last stage, zero between tokens of different windows. */
    @Override
    public List<Tensor> attentions(Map<String, Tensor> outputs) {
        return List.of(WindowWeights.spread(
                outputs.get("attentions." + encoder.last()), gridRows(), gridColumns(), encoder.window()));
    }

    @Override
    public ModelSummary describe() {
        return MeanHead.describe(encoder, encoder.mlpRatio() + " times as wide, gelu");
    }
}
