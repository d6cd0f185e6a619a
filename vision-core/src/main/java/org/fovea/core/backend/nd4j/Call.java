package org.fovea.core.backend.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One kernel's work: its operands under any shape, and the temporary arrays it makes, which closing frees.
 *
 * <p>A kernel hands every array it makes and does not return to {@link #temp}; views need no freeing.
 */
final class Call implements AutoCloseable {
    private final Step step;
    private final List<INDArray> operands;
    private final DataType real;
    private final List<INDArray> temporaries = new ArrayList<>();

    Call(Step step, List<INDArray> operands, DataType real) {
        this.step = step;
        this.operands = operands;
        this.real = real;
    }

    /** Runs the kernel of the step; a result without elements is null. */
    List<INDArray> run() {
        if (step.resultTypes().stream().allMatch(t -> t.shape().size() == 0)) {
            return new ArrayList<>(
                    java.util.Collections.nCopies(step.resultTypes().size(), null));
        }
        List<INDArray> made =
                operands.contains(null) ? EmptyOperands.run(step.op(), this) : KernelTable.run(step.op(), this);
        List<INDArray> out = new ArrayList<>();
        for (INDArray array : made) {
            boolean ready = array == null || Nd4jTensors.isDense(array);
            out.add(ready ? array : temp(array).dup('c'));
        }
        return out;
    }

    /** Element type of real numbers in this program. */
    DataType real() {
        return real;
    }

    int operandCount() {
        return operands.size();
    }

    int resultCount() {
        return step.resultTypes().size();
    }

    /** Returns whether a result is read at all; one that is not need not be computed. */
    boolean isRead(int result) {
        return !step.finished().contains(step.results().get(result));
    }

    /** Name of the node in errors. */
    String label() {
        return step.label();
    }

    /** The shape of an operand. */
    Shape shape(int operand) {
        return step.operandTypes().get(operand).shape();
    }

    /** The shape of a result. */
    Shape result(int index) {
        return step.resultTypes().get(index).shape();
    }

    /** Elements of an operand as a vector, a view; null if it has none. */
    INDArray vector(int operand) {
        INDArray array = operands.get(operand);
        return array == null ? null : array.reshape('c', true, array.length());
    }

    /** Operand reshaped to the same number of elements, a view. */
    INDArray view(int operand, long... sizes) {
        return operands.get(operand).reshape('c', true, sizes);
    }

    /** Operand in its own shape, a view. */
    INDArray view(int operand) {
        return view(operand, shape(operand).toLongs());
    }

    /** Operand as a matrix whose columns are its last axis, a view. */
    INDArray rows(int operand) {
        long width = shape(operand).dim(-1);
        return view(operand, shape(operand).size() / width, width);
    }

    /** An operand of real numbers on the host. */
    double[] doubles(int operand) {
        return Nd4jTensors.doubles(operands.get(operand));
    }

    /** An operand of indices on the host. */
    int[] ints(int operand) {
        return operands.get(operand) == null ? new int[0] : Nd4jTensors.ints(operands.get(operand));
    }

    /** Creates an array of real numbers. */
    INDArray make(double[] values, long... sizes) {
        return Nd4j.create(values, sizes, real);
    }

    /** Creates an array of zeros. */
    INDArray zeros(long... sizes) {
        return Nd4j.zeros(real, sizes);
    }

    /** Registers a new array to be freed when the kernel is done. */
    INDArray temp(INDArray array) {
        temporaries.add(array);
        return array;
    }

    @Override
    public void close() {
        temporaries.forEach(Nd4jTensors::free);
    }
}
