package org.fovea.core.nn;

import java.util.Optional;
import org.fovea.core.graph.Value;

/**
 * What an attention block yields.
 *
 * @param values what was read: one row for each query, such as {@code [B, N, width]}
 * @param weights the share of each key (last axis) in each query, such as {@code [B, heads, N, M]}; empty unless asked for,
 *     and then nothing was computed or stored for it
 */
public record Attended(Value values, Optional<Value> weights) {}
