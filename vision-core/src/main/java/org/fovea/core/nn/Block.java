package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** A part of a model from one value to one value, such as a localisation net or a stage of a backbone. */
@FunctionalInterface
public interface Block {
    /**
     * Adds the operations and the weights, which get their names below the scope.
     *
     * @param x of the shape that the block states, batch first
     */
    Value build(Scope scope, Value x);
}
