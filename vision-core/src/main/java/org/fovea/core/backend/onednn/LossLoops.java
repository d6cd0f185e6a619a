package org.fovea.core.backend.onednn;

import java.nio.FloatBuffer;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.DropoutMask;
import org.fovea.core.graph.Node;

/** Cross-entropy and dropout. */
final class LossLoops {
    private LossLoops() {}

    static void crossEntropy(Lowering to, Node node) {
        int classes = node.input(0).shape().dim(1);
        to.loop(
                m -> crossEntropy(m.floats(0), m.floats(1), m.floats(2), classes),
                to.plain(node.input(0)),
                to.plain(node.input(1)),
                to.result(node.outputs().get(0)));
    }

    private static void crossEntropy(FloatBuffer logits, FloatBuffer targets, FloatBuffer y, int classes) {
        for (int row = 0; row < y.capacity(); row++) {
            int first = row * classes;
            float largest = logits.get(first);
            for (int k = 1; k < classes; k++) {
                largest = Math.max(largest, logits.get(first + k));
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(logits.get(first + k) - largest);
            }
            double logSum = largest + Math.log(sum);
            double loss = 0;
            for (int k = 0; k < classes; k++) {
                float target = targets.get(first + k);
                loss += target == 0 ? 0 : target * (logSum - logits.get(first + k));
            }
            y.put(row, (float) loss);
        }
    }

    static void dropout(Lowering to, Node node) {
        Dropout op = (Dropout) node.op();
        float kept = (float) (1 / (1 - op.rate()));
        to.loop(
                m -> {
                    FloatBuffer x = m.floats(0);
                    FloatBuffer y = m.floats(2);
                    DropoutMask mask = new DropoutMask(op, m.ints(1).get(0));
                    int count = y.capacity();
                    for (int i = 0; i < count; i++) {
                        y.put(i, mask.keeps(i) ? x.get(i) * kept : 0);
                    }
                },
                to.plain(node.input(0)),
                to.plain(node.input(1)),
                to.result(node.outputs().get(0)));
    }
}
