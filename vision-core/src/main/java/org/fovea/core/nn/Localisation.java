package org.fovea.core.nn;

import org.fovea.core.graph.Value;

/** The net that looks at an image to say where to sample it, up to the last linear map. */
@FunctionalInterface
public interface Localisation {
    /**
     * Adds the net and its weights.
     *
     * @param image {@code [B, C, H, W]}
     * @return {@code [B, F]}
     */
    Value build(Scope scope, Value image);
}
