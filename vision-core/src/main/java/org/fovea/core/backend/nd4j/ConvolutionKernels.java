package org.fovea.core.backend.nd4j;

import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Conv2dInputGradient;
import org.fovea.core.graph.Conv2dWeightGradient;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.tensor.Nd4jKernels;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Convolution and its two transposes, image by image, as products with the matrix of {@link Columns}. */
final class ConvolutionKernels {
    private ConvolutionKernels() {}

    static INDArray convolve(Conv2d op, Call call) {
        Shape x = call.shape(0);
        Shape y = call.result(0);
        Columns columns = new Columns(op.window(), x, call.shape(1), y);
        INDArray w = weights(call, 1, op.window(), columns); // [groups, O/groups, depth]
        double[] pixels = call.doubles(0);
        INDArray out = Nd4j.createUninitialized(call.real(), y.dim(0), y.dim(1), columns.places());
        for (int b = 0; b < x.dim(0); b++) {
            INDArray seen = columns(call, op.window(), columns, pixels, b * imageSize(x));
            INDArray result = Nd4jKernels.products(w, seen, false, false); // [groups, O/groups, places]
            image(out, b).assign(result.reshape('c', true, y.dim(1), columns.places()));
            Nd4jTensors.free(seen);
            Nd4jTensors.free(result);
        }
        if (call.operandCount() == 3) {
            INDArray bias = call.temp(Nd4jKernels.repeat(call.vector(2), 1, y.dim(0), y.dim(1))); // [B, O]
            out.reshape('c', true, bias.length(), columns.places())
                    .addiColumnVector(bias.reshape('c', true, bias.length()));
        }
        return out;
    }

    static INDArray inputGradient(Conv2dInputGradient op, Call call) {
        Shape x = op.input();
        Columns columns = new Columns(op.window(), x, call.shape(0), call.shape(1));
        INDArray w = weights(call, 0, op.window(), columns);
        double[] dx = new double[(int) x.size()];
        for (int b = 0; b < x.dim(0); b++) {
            INDArray dy = resultGradient(call, columns, b);
            INDArray seen = Nd4jKernels.products(w, grouped(dy, op.window()), true, false); // [groups, depth, places]
            columns.addTo(dx, b * imageSize(x), Nd4jTensors.doubles(seen));
            Nd4jTensors.free(seen);
            Nd4jTensors.free(dy);
        }
        return call.make(dx, dx.length);
    }

    static INDArray weightGradient(Conv2dWeightGradient op, Call call) {
        Shape x = call.shape(0);
        Columns columns = new Columns(op.window(), x, op.weight(), call.shape(1));
        double[] pixels = call.doubles(0);
        int groups = op.window().groups();
        INDArray dw = call.zeros(groups, op.weight().dim(0) / groups, columns.depth());
        for (int b = 0; b < x.dim(0); b++) {
            INDArray dy = resultGradient(call, columns, b);
            INDArray seen = columns(call, op.window(), columns, pixels, b * imageSize(x));
            INDArray part = Nd4jKernels.products(grouped(dy, op.window()), seen, false, true);
            dw.addi(part.reshape('c', true, dw.shape()));
            Nd4jTensors.free(part);
            Nd4jTensors.free(seen);
            Nd4jTensors.free(dy);
        }
        return dw;
    }

    private static int imageSize(Shape x) {
        return x.dim(1) * x.dim(2) * x.dim(3);
    }

    private static INDArray weights(Call call, int operand, ConvWindow window, Columns columns) {
        return call.view(operand, window.groups(), call.shape(operand).dim(0) / window.groups(), columns.depth());
    }

    private static INDArray columns(Call call, ConvWindow window, Columns columns, double[] pixels, int image) {
        return call.make(columns.of(pixels, image), window.groups(), columns.depth(), columns.places());
    }

    /** One image of the second operand, dy, as a new array [O, positions]. */
    private static INDArray resultGradient(Call call, Columns columns, int image) {
        Shape dy = call.shape(1);
        INDArray all = call.view(1, dy.dim(0), dy.dim(1), columns.places());
        return image(all, image).dup('c');
    }

    /** Reshapes [O, positions] to [groups, O/groups, positions], a view. */
    private static INDArray grouped(INDArray image, ConvWindow window) {
        return image.reshape('c', true, window.groups(), image.size(0) / window.groups(), image.size(1));
    }

    private static INDArray image(INDArray images, int index) {
        return images.get(NDArrayIndex.point(index), NDArrayIndex.all(), NDArrayIndex.all());
    }
}
