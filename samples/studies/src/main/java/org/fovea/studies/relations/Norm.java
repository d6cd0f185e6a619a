package org.fovea.studies.relations;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;

/** Batch norm, as in training or as after it. */
interface Norm {
    /** Adds it to {@code [B, C, ...]}. */
    Value build(Scope scope, Value x);
}
