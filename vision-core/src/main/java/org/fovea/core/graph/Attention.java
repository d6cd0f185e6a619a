package org.fovea.core.graph;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.tensor.Shape;

/**
 * Scaled dot-product attention: P = softmax(scale·Q·Kᵀ + M), Y = P·V.
 *
 * <p>Operands: Q {@code [B, heads, N, D]}, K {@code [B, heads, M, D]}, V {@code [B, heads, M, E]}, and with
 * {@code masked} a mask added to the scores that broadcasts to {@code [B, heads, N, M]} (-∞ hides a key; a row with
 * every key hidden gives zeros). Results: Y {@code [B, heads, N, E]} and P {@code [B, heads, N, M]}. Where nothing reads P no
 * backend computes it as a whole or stores it.
 *
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.2.1</a>
 */
public record Attention(double scale, boolean masked) implements Op {
    @Override
    public List<ValueType> infer(List<ValueType> operands) {
        Shape scores = scores(this, operands, masked ? 4 : 3, masked);
        return Rules.real(scores.with(3, Rules.shape(operands, 2).dim(3)), scores);
    }

    /** Checks q, k, v and mask, the first operands of all attention operations, and returns the shape of the scores. */
    static Shape scores(Op op, List<ValueType> operands, int count, boolean masked) {
        Rules.reals(op, count, count, operands);
        Shape q = Rules.shape(operands, 0);
        Shape k = Rules.shape(operands, 1);
        Shape v = Rules.shape(operands, 2);
        Rules.require(q.rank() == 4 && k.rank() == 4 && v.rank() == 4, op, "q, k and v need 4 axes", operands);
        Rules.require(
                q.with(2, 0).equals(k.with(2, 0)), op, "q and k must agree on batch, heads and head width", operands);
        Rules.require(k.with(3, 0).equals(v.with(3, 0)), op, "k and v must agree on batch, heads and length", operands);
        Rules.require(
                k.dim(2) > 0 && k.dim(3) > 0 && v.dim(3) > 0,
                op,
                "there must be a key, and widths of 1 or more",
                operands);
        Shape scores = q.with(3, k.dim(2));
        Rules.require(
                !masked
                        || Rules.broadcast(op, Rules.shape(operands, 3), scores, operands)
                                .equals(scores),
                op,
                "the mask must broadcast to [B, heads, N, M]",
                operands);
        return scores;
    }

    @Override
    public void gradient(Backprop at) {
        if (at.has(1)) {
            explicit(at);
            return;
        }
        List<Value> operands = new ArrayList<>(at.inputs());
        operands.add(at.dy());
        Node back = at.input(0).graph().add(new AttentionGradient(scale, masked), operands);
        for (int i = 0; i < at.inputs().size(); i++) {
            at.add(i, back.outputs().get(i));
        }
    }

    /**
     * Differentiates explicitly, for a loss that depends on the weights themselves: every intermediate is a value of the graph.
     */
    private void explicit(Backprop at) {
        Value q = at.input(0);
        Value k = at.input(1);
        Value v = at.input(2);
        Value p = at.output(1);
        Value dp = at.dy(0).matmul(v, false, true).add(at.dy(1)); // [B, heads, N, M]
        Value ds = q.graph().apply(new SoftmaxGradient(3), p, dp);
        at.add(0, ds.matmul(k).affine(scale, 0));
        at.add(1, ds.matmul(q, true, false).affine(scale, 0));
        at.add(2, p.matmul(at.dy(0), true, false));
        if (masked) {
            at.add(3, Rules.unbroadcast(ds, at.input(3).shape()));
        }
    }
}
