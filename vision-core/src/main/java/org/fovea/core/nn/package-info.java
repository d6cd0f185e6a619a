/**
 * The building blocks of models: each a record of its sizes whose {@code build} adds operations and weights to a graph.
 *
 * <p>A block takes a {@link org.fovea.core.nn.Scope}, under which its weights get their names. The names are Fovea's own
 * and stay the same whatever checkpoint the weights come from:
 *
 * <table>
 * <caption>Weights of each block, below the scope it is built in</caption>
 * <tr><th>block</th><th>weights</th></tr>
 * <tr><td>{@link org.fovea.core.nn.LinearLayer}</td><td>{@code weight} [out, in], {@code bias} [out]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.LayerNormLayer}</td><td>{@code scale} [C], {@code shift} [C]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.PatchEmbedding}</td><td>{@code weight} [width, C·p·p], {@code bias} [width]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.MultiHeadSelfAttention}</td><td>{@code qkv.weight} [3·width, width] (rows of q, then
 * k, then v), {@code qkv.bias}, {@code output.weight} [width, width], {@code output.bias}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.Mlp}</td><td>{@code in.weight} [hidden, width], {@code in.bias}, {@code out.weight}
 * [width, hidden], {@code out.bias}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.SwiGlu}</td><td>{@code in.weight} [2·hidden, width] (rows of the gate, then of the
 * value), {@code in.bias}, {@code out.weight} [width, hidden], {@code out.bias}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.TransformerBlock}</td><td>{@code norm1}, {@code attention}, {@code scale1} [width],
 * {@code norm2}, {@code feed_forward}, {@code scale2} [width]</td></tr>
 * </table>
 */
package org.fovea.core.nn;
