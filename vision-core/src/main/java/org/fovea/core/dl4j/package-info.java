/**
 * The blocks of {@link org.fovea.core.nn} and the mechanisms of {@link org.fovea.core.attention} as layers of DeepLearning4j
 * networks, for {@code MultiLayerNetwork} and {@code ComputationGraph}, beside DeepLearning4j's own layers.
 *
 * <table>
 * <caption>Layers, what they take and what they yield</caption>
 * <tr><th>layer</th><th>input</th><th>result</th></tr>
 * <tr><td>{@link org.fovea.core.dl4j.SelfAttention}, {@link org.fovea.core.dl4j.TransformerBlock}</td><td>{@code [B, C,
 * T]}</td><td>{@code [B, C, T]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.GraphAttention}</td><td>{@code [B, C, T]}</td><td>{@code [B, heads·width, T]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.PatchEmbedding}</td><td>{@code [B, C, H, W]}</td><td>{@code [B, width, T]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.SqueezeExcitation}, {@link org.fovea.core.dl4j.Cbam}, {@link
 * org.fovea.core.dl4j.DualAttention}, {@link org.fovea.core.dl4j.AxialAttention}</td><td>{@code [B, C, H, W]}</td><td>{@code
 * [B, C, H, W]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.SpatialTransformer}</td><td>{@code [B, C, H, W]}</td><td>{@code [B, C, H', W']}</td></tr>
 * </table>
 *
 * <p>Forward and backward run as compiled programs of Fovea's engine; {@link org.fovea.core.dl4j.GraphLayer} says how. The
 * dependency {@code org.deeplearning4j:deeplearning4j-nn} is optional: who uses this package states it.
 */
package org.fovea.core.dl4j;
