package org.fovea.vit.model;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.nn.FeedForward;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;

/**
 * A vision transformer classifier: ViT, DeiT, DINOv2 and timm's variants of them.
 *
 * <p>Its weights are the encoder's, and {@code head.weight} [classes, width or 2·width], {@code head.bias}, {@code
 * distillation_head.weight}, {@code .bias}.
 *
 * <p>An inference graph asks for some of them prepared: {@code prefix} [1, P, width] and {@code patch_positions} [1, N, width] in
 * place of tokens and positions, and the last map of each residual branch with the layer scale already in it.
 *
 * @param head pooling of the tokens and place of the norm
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, figure 1</a>
 */
public record ViTConfig(ViTEncoder encoder, Head head, int classes) implements GridClassifier {
    /** Checks that head and encoder are consistent. */
    public ViTConfig {
        ModelLimits.check("ViTConfig: classes", classes, 1, ModelLimits.CLASSES);
        head.check(encoder.tokens().classTokens());
        ModelLimits.checkTensor("ViTConfig: the classifier", classes, (long) head.widths() * encoder.width());
    }

    /** Builder that starts from the original ViT-B/16 with 224 pixels and 1,000 classes. */
    public static ViTConfigBuilder builder() {
        return new ViTConfigBuilder();
    }

    /** Builder that starts from this configuration. */
    public ViTConfigBuilder toBuilder() {
        return new ViTConfigBuilder(this);
    }

    @Override
    public InputGeometry gridGeometry(InputGeometry input) {
        return encoder.covered(input);
    }

    @Override
    public ViTConfig withImage(int height, int width) {
        return new ViTConfig(encoder.withImage(height, width), head, classes);
    }

    @Override
    public ViTConfig withClasses(int count) {
        return new ViTConfig(encoder, head, count);
    }

    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        int kept = scope.mode() == Mode.INFERENCE && extras.isEmpty()
                ? head.tokensRead(encoder.tokenCount())
                : encoder.tokenCount();
        return encoder.blocks(scope, pixels, kept);
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        return new ViTHead(encoder, head, classes).build(scope, tokens, extras);
    }

    @Override
    public WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return new InferenceParameters(encoder, learned, ((ViTConfig) target).encoder());
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return encoder.resized(learned, ((ViTConfig) target).encoder(), "");
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        double[] fixed = head.poolingWeights(encoder.tokens().prefix(), encoder.tokenCount());
        if (head.pooling() == Head.Pooling.ATTENTION) {
            double[] patches = outputs.get(ViTHead.POOLING_WEIGHTS).toDoubles();
            System.arraycopy(patches, 0, fixed, encoder.tokens().prefix(), patches.length);
        }
        return fixed;
    }

    @Override
    public ModelSummary describe() {
        FeedForward block = encoder.feedForward();
        String inner = block.hidden() + " wide, " + (block instanceof Mlp mlp ? words(mlp.activation()) : "SwiGLU");
        TokenLayout tokens = encoder.tokens();
        int patch = encoder.patchPixels();
        return ModelSummary.empty()
                .row("architecture", encoder.describe())
                .row("feed-forward", inner)
                .row(
                        "tokens",
                        encoder.patchCount() + " patches of " + patch + " x " + patch + ", "
                                + tokens.classTokens().count() + " for the class, " + tokens.registers() + " registers")
                .row("head", words(head.pooling()) + ", norm " + words(head.norm()))
                .fact("patch", patch)
                .fact("feed_forward", inner)
                .fact("registers", tokens.registers())
                .fact("pooling", head.pooling().name().toLowerCase(Locale.ROOT));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
