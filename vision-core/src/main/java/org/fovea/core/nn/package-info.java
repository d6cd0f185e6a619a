/**
 * The building blocks of models: each a record of its sizes whose {@code build} adds operations and weights to a graph.
 *
 * <p>A block takes a {@link org.fovea.core.nn.Scope}: the place at which its weights get their names, the {@link
 * org.fovea.core.nn.Mode}, and dropout. There is one {@code build} for training and inference.
 *
 * <p>To extend a model implement {@link org.fovea.core.nn.SelfAttention}, {@link org.fovea.core.nn.CrossAttention} or {@link
 * org.fovea.core.nn.FeedForward} and hand it to a {@link org.fovea.core.nn.TransformerBlock} or a {@link
 * org.fovea.core.nn.DecoderBlock}; or {@link org.fovea.core.nn.RecurrentCell}, {@link org.fovea.core.nn.SamplingGrid}, {@link
 * org.fovea.core.nn.Block}. Attention yields an {@link org.fovea.core.nn.AttentionOutput}, whose weights cost nothing where nobody
 * asks for them.
 *
 * <p>Names of weights are Fovea's own and stay the same whatever checkpoint they come from:
 *
 * <table>
 * <caption>Weights of each block, below the scope it is built in</caption>
 * <tr><th>block</th><th>weights</th></tr>
 * <tr><td>{@link org.fovea.core.nn.LinearLayer}</td><td>{@code weight} [out, in], {@code bias} [out]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.LayerNormLayer}</td><td>{@code scale} [C], {@code shift} [C]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.BatchNormLayer}</td><td>{@code scale}, {@code shift}, {@code running_mean}, {@code
 * running_variance} [C]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.PatchEmbedding}</td><td>{@code weight} [width, C·p·p], {@code bias} [width]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.MultiHeadSelfAttention}</td><td>{@code qkv.weight} [3·width, width] (rows of q, then
 * k, then v), {@code qkv.bias}, {@code output.weight} [width, width], {@code output.bias}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.MultiHeadAttention}</td><td>{@code query}, {@code key}, {@code value}, {@code output},
 * each with {@code weight} [width, in] and {@code bias} [width]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.Mlp}</td><td>{@code in.weight} [hidden, width], {@code in.bias}, {@code out.weight}
 * [width, hidden], {@code out.bias}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.SwiGlu}</td><td>{@code in.weight} [2·hidden, width] (rows of the gate, then of the
 * value), {@code in.bias}, {@code out.weight} [width, hidden], {@code out.bias}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.TransformerBlock}</td><td>{@code norm1}, {@code attention}, {@code scale1} [width],
 * {@code norm2}, {@code feed_forward}, {@code scale2} [width]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.DecoderBlock}</td><td>{@code norm1}, {@code attention}, {@code norm2}, {@code cross},
 * {@code norm3}, {@code feed_forward}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.EncoderDecoder}</td><td>{@code encoder.i}, {@code decoder.i}; with the norms before,
 * {@code encoder.norm} and {@code decoder.norm}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.StraightenedEncoder}</td><td>the encoder's, and {@code front.localisation.conv.i}, {@code
 * front.localisation.hidden} and {@code front.theta}</td></tr>
 * <tr><td>{@link org.fovea.core.nn.TokenEmbedding}</td><td>{@code table} [vocabulary, width]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.LearnedPositions}</td><td>{@code positions} [1, count, width]</td></tr>
 * <tr><td>{@link org.fovea.core.nn.RecurrentCell}</td><td>{@code input.weight} [gates·width, in], {@code input.bias}, {@code
 * state.weight} [gates·width, width], {@code state.bias}; below {@code forward} or {@code backward} in a {@link
 * org.fovea.core.nn.Recurrence} of both directions</td></tr>
 * </table>
 */
package org.fovea.core.nn;
