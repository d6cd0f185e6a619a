package org.fovea.vit.model;

import java.util.Set;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Drops;

/**
 * What a classifier's graph is built for.
 *
 * @param weights the weights it asks for
 * @param extras what it yields beside the logits
 * @param drops of training
 * @param rates of training
 */
public record GraphOptions(Weights weights, Set<Extra> extras, Drops drops, DropRates rates) {
    /** The weights that a graph asks for. */
    public enum Weights {
        /** Prepared ones, so that nothing is computed twice; see {@link ClassifierConfig#inferenceParameters}. */
        PREPARED,
        /** The learned ones. */
        LEARNED
    }

    /** Learned weights, nothing dropped, no extras. */
    static GraphOptions plain() {
        return new GraphOptions(Weights.LEARNED, Set.of(), Drops.none(), DropRates.none());
    }

    boolean prepared() {
        return weights == Weights.PREPARED;
    }

    boolean attentions() {
        return extras.contains(Extra.ATTENTIONS);
    }

    /** Whether nothing but the logits is wanted, from prepared weights. */
    boolean headAlone() {
        return prepared() && extras.isEmpty();
    }
}
