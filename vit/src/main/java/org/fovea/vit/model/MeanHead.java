package org.fovea.vit.model;

import java.util.Arrays;
import java.util.Set;
import org.fovea.core.graph.Value;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * A classifier's head over the mean of all tokens. Its weights below a scope: {@code head.weight} [classes, width], {@code head.bias}.
 *
 * @param classes number of logits
 */
record MeanHead(int classes) {
    /**
     * Adds the head, with the output {@code features} where {@link Extra#FEATURES} is requested.
     *
     * @param tokens {@code [B, N, width]}, after the last norm
     * @return {@code [B, classes]}
     */
    Value build(Scope scope, Value tokens, Set<Extra> extras) {
        if (extras.contains(Extra.FEATURES)) {
            scope.graph().output("features", tokens);
        }
        return new LinearLayer(classes, true).build(scope.child("head").enter(), tokens.mean(false, 1));
    }

    /** Weight of each token in the mean. */
    static double[] poolingWeights(int tokens) {
        double[] out = new double[tokens];
        Arrays.fill(out, 1.0 / tokens);
        return out;
    }

    /**
     * Description of a staged transformer with such a head.
     *
     * @param feedForward description of the feed-forward blocks
     */
    static ModelSummary describe(StagedEncoder encoder, String feedForward) {
        return ModelSummary.empty()
                .row("architecture", encoder.describe())
                .row("feed-forward", feedForward)
                .row("tokens", encoder.gridRows() + " x " + encoder.gridColumns() + " in the last stage")
                .row("head", "mean of the tokens, norm before pooling")
                .fact("feed_forward", feedForward)
                .fact("pooling", "mean");
    }
}
