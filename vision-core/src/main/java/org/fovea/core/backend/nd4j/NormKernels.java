package org.fovea.core.backend.nd4j;

import java.util.List;
import org.fovea.core.graph.BatchNorm;
import org.fovea.core.graph.BatchNormGradient;
import org.fovea.core.graph.GroupNorm;
import org.fovea.core.graph.GroupNormGradient;
import org.fovea.core.graph.LayerNorm;
import org.fovea.core.graph.LayerNormGradient;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Normalizations: all three are the normalized rows of a matrix, then a scale and a shift per channel. */
final class NormKernels {
    private NormKernels() {}

    static INDArray layerNorm(LayerNorm op, Call call) {
        INDArray y = NormalRows.of(call, call.rows(0), op.epsilon()).normal().dup();
        return y.muliRowVector(call.vector(1)).addiRowVector(call.vector(2));
    }

    static List<INDArray> layerNormGradient(LayerNormGradient op, Call call) {
        NormalRows rows = NormalRows.of(call, call.rows(0), op.epsilon());
        INDArray dy = call.rows(2);
        INDArray dx = rows.gradient(call, call.temp(dy.mulRowVector(call.vector(1))));
        return List.of(dx, columnSums(call, call.temp(dy.mul(rows.normal()))), columnSums(call, dy));
    }

    private static INDArray columnSums(Call call, INDArray x) {
        return Nd4jKernels.rowSums(call.temp(x.transpose().dup('c')));
    }

    static List<INDArray> batchNorm(BatchNorm op, Call call) {
        NormalRows rows = NormalRows.of(call, channelRows(call, 0), op.epsilon()); // [C, B·places]
        INDArray y = rows.normal().mulColumnVector(call.vector(1)).addiColumnVector(call.vector(2));
        return List.of(batchFirst(call, y), rows.mean().dup(), rows.variance().dup());
    }

    static List<INDArray> batchNormGradient(BatchNormGradient op, Call call) {
        NormalRows rows = NormalRows.of(call, channelRows(call, 0), call.vector(2), call.vector(3), op.epsilon());
        INDArray dy = channelRows(call, 4);
        INDArray dx = rows.gradient(call, call.temp(dy.mulColumnVector(call.vector(1))));
        INDArray dScale = Nd4jKernels.rowSums(call.temp(dy.mul(rows.normal())));
        return List.of(batchFirst(call, dx), dScale, Nd4jKernels.rowSums(dy));
    }

    /** Operand [B, C, ...] as [C, B·positions], a temporary. */
    private static INDArray channelRows(Call call, int operand) {
        Shape x = call.shape(operand);
        long places = x.size() / x.dim(0) / x.dim(1);
        INDArray swapped = call.view(operand, x.dim(0), x.dim(1), places).permute(1, 0, 2);
        return call.temp(swapped.dup('c')).reshape('c', true, x.dim(1), x.dim(0) * places);
    }

    private static INDArray batchFirst(Call call, INDArray rows) {
        Shape x = call.shape(0);
        return call.temp(rows)
                .reshape('c', true, x.dim(1), x.dim(0), x.size() / x.dim(0) / x.dim(1))
                .permute(1, 0, 2)
                .dup('c');
    }

    static INDArray groupNorm(GroupNorm op, Call call) {
        INDArray normal = NormalRows.of(call, groupRows(call, 0, op.groups()), op.epsilon())
                .normal();
        return planes(call, normal).mulColumnVector(perPlane(call, 1)).addiColumnVector(perPlane(call, 2));
    }

    static List<INDArray> groupNormGradient(GroupNormGradient op, Call call) {
        NormalRows rows = NormalRows.of(call, groupRows(call, 0, op.groups()), op.epsilon());
        INDArray dy = planes(call, call.vector(2)); // [B·C, places]
        INDArray scaled = call.temp(dy.mulColumnVector(perPlane(call, 1)));
        INDArray dx =
                rows.gradient(call, scaled.reshape('c', true, rows.normal().shape()));
        INDArray dScale = perChannel(call, call.temp(dy.mul(planes(call, rows.normal()))));
        return List.of(dx, dScale, perChannel(call, dy));
    }

    /** Operand as [B·groups, channels of a group and positions], a view. */
    private static INDArray groupRows(Call call, int operand, int groups) {
        long rows = (long) call.shape(operand).dim(0) * groups;
        return call.view(operand, rows, call.shape(operand).size() / rows);
    }

    /** Array of x's elements as [B·C, positions], a view. */
    private static INDArray planes(Call call, INDArray x) {
        Shape shape = call.shape(0);
        long planes = (long) shape.dim(0) * shape.dim(1);
        return x.reshape('c', true, planes, shape.size() / planes);
    }

    /** One number per channel, repeated for each sample; [B·C], a temporary. */
    private static INDArray perPlane(Call call, int operand) {
        Shape x = call.shape(0);
        INDArray all = call.temp(Nd4jKernels.repeat(call.vector(operand), 1, x.dim(0), x.dim(1)));
        return all.reshape('c', true, all.length());
    }

    private static INDArray perChannel(Call call, INDArray planes) {
        INDArray sums = call.temp(Nd4jKernels.rowSums(planes)); // [B·C]
        Shape x = call.shape(0);
        return columnSums(call, sums.reshape('c', true, x.dim(0), x.dim(1)));
    }
}
