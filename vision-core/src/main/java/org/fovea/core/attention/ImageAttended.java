package org.fovea.core.attention;

import java.util.Optional;
import org.fovea.core.graph.Value;

/**
 * What a mechanism yields that attends to channels and to places of an image.
 *
 * @param values {@code [B, C, H, W]}
 * @param channels the weights of channels; empty unless asked for
 * @param places the weights of places; empty unless asked for
 */
public record ImageAttended(Value values, Optional<Value> channels, Optional<Value> places) {}
