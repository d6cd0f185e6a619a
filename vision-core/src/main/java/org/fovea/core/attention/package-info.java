/**
 * The attention mechanisms of the field, one file each, built from graph operations.
 *
 * <p>Conventions:
 *
 * <ul>
 *   <li>A mechanism is a record of its sizes. {@code build(Scope, Value...)} adds its operations and weights to a graph, as
 *       the blocks of {@link org.fovea.core.nn} do.
 *   <li>It yields {@link org.fovea.core.nn.AttentionOutput}: values and the attention weights, which cost nothing where nobody
 *       asks for them. A mechanism that attends in several ways has a kind of weights for each, by name.
 *   <li>Everything that scores by dot products goes through {@link org.fovea.core.nn.ScaledDotProduct}; multi-head
 *       attention itself is in {@link org.fovea.core.nn}, since transformer blocks are made of it.
 *   <li>Masks, windows and position biases are data, added to the scores: 0 for a key to see, -∞ for a key to hide; see
 *       {@link org.fovea.core.nn.Masks}. They are arguments, not copies of the block. Where every key is hidden the
 *       weights and what is read are zeros.
 *   <li>Batch comes first: queries {@code [B, N, C]}, keys {@code [B, M, C]}, images {@code [B, C, H, W]}.
 *   <li>The Javadoc gives formula, shapes, paper and departures from it.
 * </ul>
 */
package org.fovea.core.attention;
