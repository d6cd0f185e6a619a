package org.fovea.vit.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializer;
import org.fovea.core.weights.Initializers;

/**
 * A MobileNet classifier: the mean of the last map's places, dropout in training, and a linear map.
 *
 * <p>Its weights are the encoder's, and {@code head.weight} [classes, width], {@code head.bias}. Without attention, what shows
 * where it looked are class activations: how much each place adds to the score of the first answer.
 *
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/1704.04861">Howard et al. 2017, table 1</a>
 * @see <a href="https://arxiv.org/abs/1512.04150">Zhou et al. 2016, section 2, for class activations</a>
 */
public record MobileNetV1Config(MobileNetV1Encoder encoder, int classes) implements GridClassifier {
    /**
     * Extra output {@code [B, N]}: contribution of each position to the score of the most likely class, 0 where it is negative;
     * rows sum to 1.
     */
    static final String CLASS_ACTIVATIONS = "class_activations";

    private static final double TINY = 1e-9; // keeps the sum above 0 where no position contributes to the score

    /** Checks the number of classes. */
    public MobileNetV1Config {
        ModelLimits.check("MobileNetV1Config: classes", classes, 1, ModelLimits.CLASSES);
        ModelLimits.checkTensor("MobileNetV1Config: the classifier", classes, encoder.width());
    }

    @Override
    public MobileNetV1Config withImage(int height, int width) {
        return new MobileNetV1Config(encoder.withImage(height, width), classes);
    }

    @Override
    public MobileNetV1Config withClasses(int count) {
        return new MobileNetV1Config(encoder, count);
    }

    /** {@inheritDoc} Hidden states are feature maps {@code [B, C, H, W]} here, one after each layer, as in the reference. */
    @Override
    public Tokens encode(Scope scope, Value pixels, Set<Extra> extras) {
        List<Value> maps = encoder.maps(scope, pixels);
        Graph graph = scope.graph();
        if (extras.contains(Extra.HIDDEN_STATES)) {
            for (int i = 0; i < maps.size(); i++) {
                graph.output("hidden_states." + i, maps.get(i));
            }
        }
        return Tokens.ofMap(maps.get(maps.size() - 1));
    }

    @Override
    public List<Value> hiddenStates(Tokens tokens) {
        return List.of(); // hidden states are feature maps, already outputs
    }

    @Override
    public Value classify(Scope scope, Tokens tokens, Set<Extra> extras) {
        if (extras.contains(Extra.FEATURES)) {
            scope.graph().output("features", tokens.values());
        }
        Value pooled = scope.dropout(tokens.values().mean(false, 1)); // [B, width]
        Scope head = scope.child("head").enter();
        Value logits = new LinearLayer(classes, true).build(head, pooled);
        if (extras.contains(Extra.ATTENTIONS)) {
            Value weights = head.shared().parameter("weight", classes, encoder.width());
            scope.graph().output(CLASS_ACTIVATIONS, activations(tokens.values(), weights.gather(0, logits.argMax(1))));
        }
        return logits;
    }

    /** Contributions of positions {@code [B, N, C]} to scores whose weights are {@code [B, C]}. */
    private static Value activations(Value places, Value weights) {
        int batch = places.shape().dim(0);
        int count = places.shape().dim(1);
        Value raised = places.matmul(weights.reshape(batch, places.shape().dim(2), 1))
                .reshape(batch, count)
                .relu()
                .affine(1, TINY);
        return raised.divide(raised.sum(true, 1));
    }

    @Override
    public Initializer initializer(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "running_mean" -> Initializers.zeros();
            case "running_variance" -> Initializers.ones();
            case "weight" ->
                name.startsWith("head.") ? GridClassifier.super.initializer(name) : Initializers.kaimingNormal();
            default -> GridClassifier.super.initializer(name);
        };
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return learned;
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return outputs.get(CLASS_ACTIVATIONS).toDoubles();
    }

    @Override
    public List<Tensor> attentions(Map<String, Tensor> outputs) {
        return List.of();
    }

    @Override
    public ModelSummary describe() {
        return ModelSummary.empty()
                .row("architecture", encoder.describe())
                .row("feed-forward", "none: 3 x 3 convolutions of a channel and 1 x 1 convolutions in turn")
                .row("tokens", gridRows() + " x " + gridColumns() + " places of the last map")
                .row("head", "mean of the places")
                .fact("feed_forward", "none")
                .fact("pooling", "mean");
    }
}
