package org.fovea.core.backend.nd4j;

import org.fovea.core.backend.StateMemory;
import org.fovea.core.graph.ValueType;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A state as an array, replaced by each run that changes it; none where it has no elements. */
final class ArrayState extends StateMemory {
    private final ValueType type;
    private final DType width;
    private INDArray array;

    ArrayState(ValueType type, DataType real) {
        this.type = type;
        this.width = real == DataType.DOUBLE ? DType.F64 : DType.F32;
        set(Tensor.zeros(width, type.shape()));
    }

    DType width() {
        return width;
    }

    /** Array of this state, which still belongs to it; null without elements. */
    INDArray array() {
        return array;
    }

    /** Takes over an array with the same number of elements. */
    void replace(INDArray next) {
        free();
        array = next;
    }

    @Override
    protected Tensor get() {
        return array == null
                ? Tensor.zeros(width, type.shape())
                : Nd4jTensors.outsideWorkspaces(
                        () -> Nd4jTensors.toTensor(array).reshape(type.shape().toArray()));
    }

    @Override
    protected void set(Tensor value) {
        if (type.shape().size() > 0) {
            replace(Nd4jTensors.outsideWorkspaces(() -> Nd4jTensors.toReal(value, width)));
        }
    }

    @Override
    protected void selectRows(int[] rows) {
        if (array != null) {
            replace(Nd4jTensors.outsideWorkspaces(
                    () -> Nd4j.pullRows(array.reshape('c', true, rows.length, array.length() / rows.length), 1, rows)));
        }
    }

    @Override
    protected void clear() {
        if (array != null) {
            array.assign(0);
        }
    }

    @Override
    protected void free() {
        if (array != null) {
            Nd4jTensors.free(array);
            array = null;
        }
    }
}
