package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** A part of a model from one value to one value, such as a localisation net or a stage of a backbone. */
@FunctionalInterface
public interface Block {
    /**
     * Adds the operations and the weights, whose names are below the scope.
     *
     * @param x input of the shape that the block requires, batch first
     */
    Value build(Scope scope, Value x);
}
