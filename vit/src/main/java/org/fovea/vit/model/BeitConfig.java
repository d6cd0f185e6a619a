package org.fovea.vit.model;

import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;

/**
 * A BEiT classifier.
 *
 * <p>Its weights are the encoder's, and {@code head.weight} [classes, width], {@code head.bias}.
 *
 * @param head pooling of the tokens and place of the norm
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2021</a>
 * @see <a href="https://arxiv.org/abs/2208.06366">Peng et al. 2022, BEiT v2</a>
 */
public record BeitConfig(BeitEncoder encoder, Head head, int classes) implements GridClassifier {
    /** Checks that head and encoder are consistent. */
    public BeitConfig {
        new ViTConfig(encoder.plain(), head, classes);
    }

    /** Plain vision transformer with the same sizes and head. */
    private ViTConfig plain() {
        return new ViTConfig(encoder.plain(), head, classes);
    }

    @Override
    public InputGeometry gridGeometry(InputGeometry input) {
        return encoder.plain().covered(input);
    }

    @Override
    public BeitConfig withImage(int height, int width) {
        return new BeitConfig(encoder.withImage(height, width), head, classes);
    }

    @Override
    public BeitConfig withClasses(int count) {
        return new BeitConfig(encoder, head, count);
    }

    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        boolean logitsAlone = scope.mode() == Mode.INFERENCE && extras.isEmpty();
        return encoder.blocks(scope, pixels, logitsAlone ? head.tokensRead(tokenCount()) : tokenCount());
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        return plain().classify(scope, tokens, extras);
    }

    @Override
    public Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "scale1", "scale2" -> Initializers.constant((float) encoder.layerScale());
            case "offsets" -> Initializers.zeros();
            default -> plain().initializer(name);
        };
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return encoder.prepared(learned, ((BeitConfig) target).encoder);
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return encoder.resized(learned, ((BeitConfig) target).encoder);
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return plain().poolingWeights(outputs);
    }

    @Override
    public ModelSummary describe() {
        return plain().describe().row("architecture", encoder.describe());
    }
}
