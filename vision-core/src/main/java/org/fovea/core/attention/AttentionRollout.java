package org.fovea.core.attention;

import java.util.ArrayDeque;
import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Share of each token of the input that flows into each token of the output, over all layers.
 *
 * <p>Heads are averaged and the residual connection counts as attention to oneself: Â = (A + I)/2; the rollout is Â_L·…·Â₁.
 * Where only some readers are asked for, their rows are computed from the left and no product of two matrices is formed.
 *
 * @see <a href="https://arxiv.org/abs/2005.00928">Abnar and Zuidema 2020, section 3, "attention rollout"</a>
 */
public final class AttentionRollout {
    private AttentionRollout() {}

    /**
     * Computes the rollout for given output tokens.
     *
     * @param attentions weights of each layer, in the order of the layers: flattened {@code [heads][N][N]}, rows summing to 1
     * @param readers weight of each output token in the result, summing to 1
     * @return contribution of each input token to the result; sums to 1
     */
    public static double[] of(Iterable<float[]> attentions, int heads, double[] readers) {
        double[] flow = readers;
        ArrayDeque<float[]> lastFirst = new ArrayDeque<>();
        attentions.forEach(lastFirst::push);
        for (float[] layer : lastFirst) {
            flow = step(layer, heads, flow);
        }
        return flow;
    }

    /** One step of the rollout: (flow·A + flow)/2 with A the mean over heads. */
    private static double[] step(float[] layer, int heads, double[] flow) {
        int n = flow.length;
        double[] out = meanOfRows(layer, heads, flow);
        for (int i = 0; i < n; i++) {
            out[i] = (out[i] + flow[i]) / 2;
        }
        return out;
    }

    /**
     * Propagates through a layer without its residual connection: flow·A with A the mean over heads.
     *
     * @param layer flattened {@code [heads][N][N]}
     * @param flow weight of each output token in the result
     */
    public static double[] meanOfRows(float[] layer, int heads, double[] flow) {
        int n = flow.length;
        double[] out = new double[n];
        for (int head = 0; head < heads; head++) {
            for (int row = 0; row < n; row++) {
                if (flow[row] != 0) {
                    int start = (head * n + row) * n;
                    for (int i = 0; i < n; i++) {
                        out[i] += flow[row] * layer[start + i] / heads;
                    }
                }
            }
        }
        return out;
    }

    /**
     * Adds the whole rollout to a graph, where it can be differentiated.
     *
     * @param attentions weights of each layer, in the order of the layers: {@code [B, heads, N, N]}
     * @return {@code [B, N, N]}, rows summing to 1: contribution of each input token (last axis) to each output token
     * @throws IllegalArgumentException when there are no layers or one has another shape
     */
    public static Value build(List<Value> attentions) {
        if (attentions.isEmpty()) {
            throw new IllegalArgumentException("AttentionRollout: there must be a layer, got none");
        }
        Value flow = null;
        for (Value layer : attentions) {
            if (layer.shape().rank() != 4
                    || layer.shape().dim(2) != layer.shape().dim(3)) {
                throw new IllegalArgumentException(
                        "AttentionRollout: attentions must be [B, heads, N, N], got " + layer.shape());
            }
            int n = layer.shape().dim(2);
            double[] identity = new double[n * n];
            for (int i = 0; i < n; i++) {
                identity[i * n + i] = 1;
            }
            Value residual = layer.graph().constant(Tensor.of(identity, n, n));
            Value mixed = layer.mean(false, 1).add(residual).affine(0.5, 0); // [B, N, N]
            flow = flow == null ? mixed : mixed.matmul(flow);
        }
        return flow;
    }
}
