package org.fovea.core.nn;

import org.fovea.core.tensor.Tensor;

/** Biases of the maps to queries, keys and values. */
public enum QkvBias {
    /** No biases. */
    NONE,
    /** Biases for all three, learned as one vector: {@code qkv.bias} [3·width]. */
    ALL,
    /**
     * Biases for queries and values: {@code query.bias} and {@code value.bias} [width] each. A bias of the keys would add the
     * same number to all scores of a query, which softmax ignores. A graph in {@link Mode#INFERENCE} uses {@code qkv.bias},
     * which {@link #joined} makes.
     *
     * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2021, BEiT</a>
     */
    QUERIES_AND_VALUES;

    /** Bias of the fused map to queries, keys and values, with zeros for the keys. */
    public static Tensor joined(Tensor query, Tensor value) {
        float[] q = query.toFloats();
        float[] v = value.toFloats();
        float[] out = new float[3 * q.length];
        System.arraycopy(q, 0, out, 0, q.length);
        System.arraycopy(v, 0, out, 2 * q.length, v.length);
        return Tensor.of(out, out.length);
    }
}
