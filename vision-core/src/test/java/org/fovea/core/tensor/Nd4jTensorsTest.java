package org.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class Nd4jTensorsTest {
    @Test
    void toArrayAndBackKeepsTypeShapeAndElements() {
        Tensor longs = Tensor.zeros(DType.I64, Shape.of(2, 1));
        longs.buffer().asLongBuffer().put(new long[] {1L << 40, -3});
        List<Tensor> tensors = List.of(
                Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                Tensor.of(new double[] {0.1, -2}, 1, 2, 1),
                Tensor.of(new int[] {7, -8, 9}, 3),
                longs,
                Tensor.of(new float[] {42}),
                Tensor.of(new double[0], 2, 0));
        for (Tensor tensor : tensors) {
            INDArray array = Nd4jTensors.toArray(tensor);
            assertArrayEquals(tensor.shape().toLongs(), array.shape());
            Tensor back = Nd4jTensors.toTensor(array);
            assertEquals(tensor.dtype(), back.dtype());
            assertEquals(tensor.shape(), back.shape());
            assertEquals(tensor.buffer(), back.buffer());
            Nd4jTensors.free(array);
        }
    }

    @Test
    void toTensorReadsViewsAndOrdersRowMajor() {
        INDArray x = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(2, 3, 4);
        assertArrayEquals(
                new float[] {0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23},
                Nd4jTensors.toTensor(x.permute(2, 1, 0)).toFloats());
        INDArray part = x.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 2), NDArrayIndex.interval(1, 3));
        assertArrayEquals(new float[] {5, 6, 17, 18}, Nd4jTensors.toTensor(part).toFloats());
        INDArray columnMajor = x.reshape(6, 4).dup('f');
        assertArrayEquals(x.data().asFloat(), Nd4jTensors.toTensor(columnMajor).toFloats());
        INDArray ints = Nd4j.createFromArray(new int[][] {{1, 2}, {3, 4}}).transpose();
        assertArrayEquals(new long[] {1, 3, 2, 4}, Nd4jTensors.toTensor(ints).toLongs());
    }

    @Test
    void toRealConvertsStoredHalves() {
        Tensor halves = Tensor.zeros(DType.BF16, Shape.of(2));
        halves.buffer().asShortBuffer().put(new short[] {0x3f80, (short) 0xc000});
        INDArray array = Nd4jTensors.toReal(halves, DType.F64);
        assertEquals(DataType.DOUBLE, array.dataType());
        assertArrayEquals(new double[] {1, -2}, Nd4jTensors.doubles(array));
    }

    @Test
    void toArrayLeavesACallersWorkspaceAlone() {
        WorkspaceConfiguration configuration =
                WorkspaceConfiguration.builder().initialSize(1 << 16).build();
        try (MemoryWorkspace workspace =
                Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "Nd4jTensorsTest")) {
            INDArray array = Nd4jTensors.toArray(Tensor.of(new float[] {1, 2}, 2));
            assertFalse(array.isAttached(), workspace.getId());
            assertTrue(array.closeable());
        }
    }

    @Test
    void freeRefusesViewsThatWouldStay() {
        INDArray array = Nd4jTensors.toArray(Tensor.of(new float[] {1, 2}, 2));
        String view = assertThrows(IllegalStateException.class, () -> Nd4jTensors.free(array.reshape(2, 1)))
                .getMessage();
        assertTrue(view.contains("must own its memory"), view);
        Nd4jTensors.free(array);
        assertTrue(array.wasClosed());
    }

    @Test
    void conversionsNameTheTypesTheyTake() {
        String bytes = message(() -> Nd4jTensors.toArray(Tensor.zeros(DType.U8, Shape.of(2))));
        assertTrue(bytes.contains("must be F32, F64, I32 or I64, got U8 [2]"), bytes);
        String halves = message(() -> Nd4jTensors.toTensor(Nd4j.create(DataType.FLOAT16, 2)));
        assertTrue(halves.contains("got HALF"), halves);
        Tensor far = Tensor.zeros(DType.I64, Shape.of(2));
        far.buffer().asLongBuffer().put(1, 1L << 32);
        String wide = message(() -> Nd4jTensors.toInts(far));
        assertTrue(wide.contains("must fit 32 bits, got 4294967296 at position 1"), wide);
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
