package org.fovea.core.backend.nd4j;

import java.util.List;
import org.fovea.core.graph.AdamW;
import org.fovea.core.graph.MomentumSgd;
import org.fovea.core.graph.UnaryGradient;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Operations of training alone: steps of the optimizers and derivatives of activations. */
final class TrainingKernels {
    private TrainingKernels() {}

    static List<INDArray> adamW(AdamW op, Call call) {
        INDArray p = call.vector(0);
        INDArray m = call.vector(2);
        INDArray v = call.vector(3);
        double rate = call.doubles(4)[0] * op.rateScale();
        double t = call.doubles(5)[0];
        if (t == 0) {
            return List.of(p.dup(), m.dup(), v.dup());
        }
        INDArray g = call.vector(1);
        INDArray m2 = m.mul(op.beta1()).addi(call.temp(g.mul(1 - op.beta1())));
        INDArray v2 = v.mul(op.beta2()).addi(call.temp(g.mul(g)).muli(1 - op.beta2()));
        INDArray root = Transforms.sqrt(call.temp(v2.div(1 - Math.pow(op.beta2(), t))), false)
                .addi(op.epsilon());
        INDArray move = call.temp(m2.mul(rate / (1 - Math.pow(op.beta1(), t)))).divi(root);
        return List.of(p.mul(1 - rate * op.decay()).subi(move), m2, v2);
    }

    static List<INDArray> momentumSgd(MomentumSgd op, Call call) {
        INDArray p = call.vector(0);
        double rate = call.doubles(3)[0] * op.rateScale();
        INDArray d = call.temp(p.mul(op.decay())).addi(call.vector(1));
        INDArray m2 = call.vector(2).mul(op.momentum()).addi(d);
        INDArray move = op.nesterov() ? call.temp(m2.mul(op.momentum())).addi(d).muli(rate) : call.temp(m2.mul(rate));
        return List.of(p.sub(move), m2);
    }

    static INDArray unaryGradient(UnaryGradient op, Call call) {
        INDArray x = call.vector(0);
        INDArray dy = call.vector(1);
        return switch (op.kind()) {
            case RELU -> call.temp(call.temp(x.gt(0)).castTo(call.real())).mul(dy);
            case TANH -> {
                INDArray y = call.temp(Transforms.tanh(x, true));
                yield y.mul(y).rsubi(1).muli(dy);
            }
            case SIGMOID -> {
                INDArray y = call.temp(Transforms.sigmoid(x, true));
                yield y.rsub(1).muli(y).muli(dy);
            }
            case SILU -> {
                INDArray s = call.temp(Transforms.sigmoid(x, true));
                yield s.rsub(1).muli(x).addi(1).muli(s).muli(dy);
            }
            default -> throw new IllegalStateException("nd4j: there is no derivative in one pass for " + op);
        };
    }
}
