package org.fovea.vit;

import java.util.ArrayDeque;

/**
 * How much each token of the image flows into the tokens that the classifier reads, over all layers.
 *
 * <p>Heads are averaged and the residual connection counts as attention to oneself: Â = (A + I)/2; the rows wanted of
 * Â_L·…·Â₁ are computed from the left, so that no product of two matrices is formed.
 *
 * @see <a href="https://arxiv.org/abs/2005.00928">Abnar and Zuidema 2020, section 3, "attention rollout"</a>
 */
final class AttentionRollout {
    private AttentionRollout() {}

    /**
     * The rollout of some readers.
     *
     * @param attentions of each layer, first layer first: {@code [heads][N][N]} flat, rows summing to 1
     * @param readers how much each token is read, summing to 1
     * @return how much of each input token is in what is read; sums to 1
     */
    static double[] of(Iterable<float[]> attentions, int heads, double[] readers) {
        double[] flow = readers;
        ArrayDeque<float[]> lastFirst = new ArrayDeque<>();
        attentions.forEach(lastFirst::push);
        for (float[] layer : lastFirst) {
            flow = step(layer, heads, flow);
        }
        return flow;
    }

    /** (flow·A + flow)/2, A the mean over heads. */
    private static double[] step(float[] layer, int heads, double[] flow) {
        int n = flow.length;
        double[] out = meanOfRows(layer, heads, flow);
        for (int i = 0; i < n; i++) {
            out[i] = (out[i] + flow[i]) / 2;
        }
        return out;
    }

    /** flow·A, A the mean over heads. */
    static double[] meanOfRows(float[] layer, int heads, double[] flow) {
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
}
