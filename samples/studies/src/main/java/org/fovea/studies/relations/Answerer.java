package org.fovea.studies.relations;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;

/** Answers questions about a feature map. */
interface Answerer {
    /** Name in tables. */
    String name();

    /**
     * Adds the network.
     *
     * @param features {@code [B, C, H, W]}
     * @param questions {@code [B, M, Q]}
     * @return logits {@code [B, M, answers]}
     */
    Value build(Scope scope, Value features, Value questions);
}
