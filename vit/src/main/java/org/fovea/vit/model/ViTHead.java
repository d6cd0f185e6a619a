package org.fovea.vit.model;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.AttentionPooling;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.Tokens;

/**
 * From the last block's tokens to logits; normalizes no token that the classifier does not read.
 *
 * <p>Its weights: the encoder's {@code norm}, {@code head.weight} [classes, width or 2·width], {@code head.bias}, and those of
 * {@code distillation_head} and of {@code pool}, as {@link AttentionPooling} names its own.
 *
 * @param encoder encoder that the tokens come from
 * @param reading pooling of the tokens and place of the norm
 * @param classes number of logits
 */
public record ViTHead(ViTEncoder encoder, Head reading, int classes) {
    /** Extra output {@code [B, patches]}: weight of each patch in attention pooling; rows sum to 1. */
    static final String POOLING_WEIGHTS = "reading";

    /**
     * Adds the head.
     *
     * @param tokens tokens before the encoder's last norm
     * @param extras {@link Extra#FEATURES} adds the output {@code features}, all tokens after the norm; {@link
     *     Extra#ATTENTIONS} with attention pooling adds the output {@link #POOLING_WEIGHTS}
     * @return {@code [B, classes]}
     */
    public Value build(Scope scope, Tokens tokens, Set<Extra> extras) {
        boolean features = extras.contains(Extra.FEATURES);
        boolean normFirst = reading.norm() == Head.Norm.BEFORE_POOLING;
        Tokens x = tokens;
        if (features) {
            x = normFirst ? tokens.with(encoder.norm(scope, tokens.values())) : tokens;
            scope.graph().output("features", x.values());
        }
        Value pooled = pool(scope, x, extras, normFirst && !features ? v -> encoder.norm(scope, v) : v -> v);
        return classify(scope, normFirst ? pooled : encoder.norm(scope, pooled));
    }

    private Value pool(Scope scope, Tokens x, Set<Extra> extras, UnaryOperator<Value> norm) {
        return switch (reading.pooling()) {
            case CLASS_TOKEN -> flat(norm.apply(x.first(1)), 0);
            case CLASS_AND_DISTILLATION -> norm.apply(x.first(2)); // [B, 2, width]
            case PATCH_MEAN -> norm.apply(x.places()).mean(false, 1); // [B, width]
            case ATTENTION -> byAttention(scope, norm.apply(x.places()), extras.contains(Extra.ATTENTIONS));
            case CLASS_AND_PATCH_MEAN -> {
                Tokens all = x.with(norm.apply(x.values()));
                yield flat(all.values(), 0).concat(1, all.places().mean(false, 1)); // [B, 2·width]
            }
        };
    }

    private Value byAttention(Scope scope, Value patches, boolean keepWeights) {
        AttentionOutput pooled = new AttentionPooling(encoder.heads(), encoder.feedForward(), encoder.normEpsilon())
                .build(scope.child("pool"), patches);
        if (keepWeights) {
            scope.graph().output(POOLING_WEIGHTS, pooled.weights().mean(false, 1, 2)); // [B, patches]
        }
        return pooled.values();
    }

    private Value classify(Scope scope, Value pooled) {
        LinearLayer linear = new LinearLayer(classes, true);
        Scope head = scope.child("head").enter();
        if (reading.pooling() != Head.Pooling.CLASS_AND_DISTILLATION) {
            return linear.build(head, pooled); // [B, classes]
        }
        Value byClass = linear.build(head, flat(pooled, 0));
        Value byDistillation = linear.build(scope.child("distillation_head"), flat(pooled, 1));
        return byClass.add(byDistillation).affine(0.5, 0); // [B, classes]
    }

    private static Value flat(Value x, int token) {
        return x.slice(1, token, token + 1).reshape(x.shape().dim(0), x.shape().dim(2)); // [B, width]
    }
}
