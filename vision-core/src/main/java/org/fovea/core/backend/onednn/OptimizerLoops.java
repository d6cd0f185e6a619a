package org.fovea.core.backend.onednn;

import java.nio.FloatBuffer;
import org.fovea.core.graph.AdamW;
import org.fovea.core.graph.MomentumSgd;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;

/** The steps of the optimizers. */
final class OptimizerLoops {
    private OptimizerLoops() {}

    static void adamW(Lowering to, Node node) {
        AdamW op = (AdamW) node.op();
        to.loop(
                m -> adamW(
                        op,
                        new FloatBuffer[] {m.floats(0), m.floats(1), m.floats(2), m.floats(3)},
                        m.floats(4).get(0),
                        m.floats(5).get(0),
                        new FloatBuffer[] {m.floats(6), m.floats(7), m.floats(8)}),
                views(to, node));
    }

    private static View[] views(Lowering to, Node node) {
        int operands = node.inputs().size();
        View[] views = new View[operands + node.outputs().size()];
        for (int i = 0; i < operands; i++) {
            views[i] = to.plain(node.input(i));
        }
        for (Value out : node.outputs()) {
            views[operands + out.index()] = to.result(out);
        }
        return views;
    }

    private static void adamW(AdamW op, FloatBuffer[] in, float rate, float t, FloatBuffer[] out) {
        if (t == 0) {
            out[0].put(0, in[0], 0, in[0].capacity());
            out[1].put(0, in[2], 0, in[2].capacity());
            out[2].put(0, in[3], 0, in[3].capacity());
            return;
        }
        double r = rate * op.rateScale();
        double first = 1 / (1 - Math.pow(op.beta1(), t));
        double second = 1 / (1 - Math.pow(op.beta2(), t));
        for (int i = 0; i < in[0].capacity(); i++) {
            double p = in[0].get(i);
            double g = in[1].get(i);
            double m = op.beta1() * in[2].get(i) + (1 - op.beta1()) * g;
            double v = op.beta2() * in[3].get(i) + (1 - op.beta2()) * g * g;
            double step = m * first / (Math.sqrt(v * second) + op.epsilon()) + op.decay() * p;
            out[0].put(i, (float) (p - r * step));
            out[1].put(i, (float) m);
            out[2].put(i, (float) v);
        }
    }

    static void momentumSgd(Lowering to, Node node) {
        MomentumSgd op = (MomentumSgd) node.op();
        to.loop(
                m -> momentumSgd(
                        op, m.floats(0), m.floats(1), m.floats(2), m.floats(3).get(0), m.floats(4), m.floats(5)),
                views(to, node));
    }

    private static void momentumSgd(
            MomentumSgd op,
            FloatBuffer p,
            FloatBuffer g,
            FloatBuffer m,
            float rate,
            FloatBuffer nextP,
            FloatBuffer nextM) {
        double r = rate * op.rateScale();
        for (int i = 0; i < p.capacity(); i++) {
            double d = g.get(i) + op.decay() * p.get(i);
            double momentum = op.momentum() * m.get(i) + d;
            double step = op.nesterov() ? d + op.momentum() * momentum : momentum;
            nextP.put(i, (float) (p.get(i) - r * step));
            nextM.put(i, (float) momentum);
        }
    }
}
