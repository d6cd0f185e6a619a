package org.fovea.vit.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.model.MixTransformerEncoder.Stage;

/**
 * A Mix Transformer classifier: the mean of the last stage's tokens after its norm, and a linear map.
 *
 * <p>Its weights are the encoder's, and {@code head.weight} [classes, width], {@code head.bias}. Tokens, grid and heads are those
 * of the last stage.
 *
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2105.15203">Xie et al. 2021</a>
 */
public record MixTransformerConfig(MixTransformerEncoder encoder, int classes) implements GridClassifier {
    /** Checks the number of classes, and that the attention of the last stage is global. */
    public MixTransformerConfig {
        ModelLimits.check("MixTransformerConfig: classes", classes, 1, ModelLimits.CLASSES);
        ModelLimits.checkTensor("MixTransformerConfig: the classifier", classes, encoder.width());
        int reduction = encoder.stages().get(encoder.last()).reduction();
        if (reduction != 1) {
            throw new IllegalArgumentException("MixTransformerConfig: the last stage of a classifier must have"
                    + " reduction 1, got " + reduction);
        }
    }

    @Override
    public MixTransformerConfig withImage(int height, int width) {
        return new MixTransformerConfig(encoder.withImage(height, width), classes);
    }

    @Override
    public MixTransformerConfig withClasses(int count) {
        return new MixTransformerConfig(encoder, count);
    }

    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        return encoder.build(scope, pixels);
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        return new MeanHead(classes).build(scope, tokens.values(), extras);
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return learned; // the model has no position embedding to resize
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return MeanHead.poolingWeights(tokenCount());
    }

    /** Attention weights of the last stage's blocks. */
    @Override
    public List<Tensor> attentions(Map<String, Tensor> outputs) {
        int depth = encoder.stages().get(encoder.last()).depth();
        return IntStream.range(0, depth)
                .mapToObj(i -> outputs.get("attentions." + i))
                .toList();
    }

    @Override
    public ModelSummary describe() {
        List<Integer> ratios =
                encoder.stages().stream().map(Stage::mlpRatio).distinct().toList();
        String inner = ratios + " times as wide, depthwise 3 x 3, "
                + encoder.activation().hubName();
        return MeanHead.describe(encoder, inner);
    }
}
