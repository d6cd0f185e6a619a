package org.fovea.vit.model;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/** From the last block's tokens to logits; normalises no token that the classifier does not read. */
record ViTHead(ViTConfig config) {
    /** {@code [B, N, width]} to {@code [B, classes]}. */
    Value build(Scope scope, Value tokens, boolean features) {
        boolean normFirst = config.head().norm() == Head.Norm.BEFORE_POOLING;
        Value x = tokens;
        if (features) {
            x = normFirst ? norm(scope, tokens) : tokens;
            scope.graph().output("features", x);
        }
        Norming norming = normFirst && !features ? v -> norm(scope, v) : v -> v;
        Value pooled =
                switch (config.head().pooling()) {
                    case CLASS_TOKEN -> flat(norming.apply(classTokens(x, 1)), 0);
                    case CLASS_AND_DISTILLATION -> norming.apply(classTokens(x, 2)); // [B, 2, width]
                    case PATCH_MEAN -> norming.apply(patches(x)).mean(false, 1); // [B, width]
                    case CLASS_AND_PATCH_MEAN -> {
                        Value all = norming.apply(x);
                        yield flat(all, 0).concat(1, patches(all).mean(false, 1)); // [B, 2·width]
                    }
                };
        return classify(scope, normFirst ? pooled : norm(scope, pooled));
    }

    /** How many tokens the classifier reads, counted from the first. */
    int tokensRead() {
        return switch (config.head().pooling()) {
            case CLASS_TOKEN -> 1;
            case CLASS_AND_DISTILLATION -> 2;
            case PATCH_MEAN, CLASS_AND_PATCH_MEAN -> config.tokenCount();
        };
    }

    private Value classify(Scope scope, Value pooled) {
        LinearLayer linear = new LinearLayer(config.classes(), true);
        Scope head = scope.child("head").enter();
        if (config.head().pooling() != Head.Pooling.CLASS_AND_DISTILLATION) {
            return linear.build(head, pooled); // [B, classes]
        }
        Value byClass = linear.build(head, flat(pooled, 0));
        Value byDistillation = linear.build(scope.child("distillation_head"), flat(pooled, 1));
        return byClass.add(byDistillation).affine(0.5, 0); // [B, classes]
    }

    private Value norm(Scope scope, Value x) {
        return VisionTransformer.norm(config).build(scope.child("norm").enter(), x);
    }

    private static Value classTokens(Value x, int count) {
        return x.slice(1, 0, count); // [B, count, width]
    }

    private Value patches(Value x) {
        return x.slice(1, config.tokens().prefix(), config.tokenCount()); // [B, patches, width]
    }

    private Value flat(Value x, int token) {
        return x.slice(1, token, token + 1).reshape(x.shape().dim(0), config.width()); // [B, width]
    }

    /** The layer norm where it is still to be done. */
    private interface Norming {
        Value apply(Value x);
    }
}
