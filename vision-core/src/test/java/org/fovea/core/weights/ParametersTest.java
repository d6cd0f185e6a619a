package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParametersTest {
    @TempDir
    Path dir;

    private Parameters joined() throws IOException {
        Path file = dir.resolve("model.safetensors");
        new SafetensorsWriter()
                .add("q", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2))
                .add("k", Tensor.of(new double[] {5, 6}, 1, 2))
                .add("v", Tensor.of(new float[] {7, 8, 9, 10}, 2, 2))
                .write(file);
        NameMap.Builder map = NameMap.builder();
        map.expect("qkv", Shape.of(5, 2)).concat("q", "k", "v");
        map.expect("flat", Shape.of(4)).from("v").reshapedFrom(2, 2);
        return map.build().load(Checkpoint.open(dir));
    }

    @Test
    void joinedParametersAreReadWholeAndInEveryPart() throws IOException {
        float[] expected = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        try (Parameters parameters = joined()) {
            assertEquals(List.of("qkv", "flat"), new ArrayList<>(parameters.names()));
            assertEquals(14, parameters.count());
            assertArrayEquals(expected, parameters.floats("qkv"), 0f);
            assertArrayEquals(expected, parameters.tensor("qkv").toFloats(), 0f);
            assertEquals(Shape.of(5, 2), parameters.tensor("qkv").shape());
            for (int from = 0; from <= 10; from++) {
                for (int to = from; to <= 10; to++) {
                    float[] part = new float[to - from];
                    parameters.readFloats("qkv", from, FloatBuffer.wrap(part));
                    assertArrayEquals(java.util.Arrays.copyOfRange(expected, from, to), part, 0f);
                }
            }
            assertEquals(Shape.of(4), parameters.shape("flat"));
            assertArrayEquals(
                    new float[] {7, 8, 9, 10}, parameters.tensor("flat").toFloats(), 0f);
        }
    }

    @Test
    void readFloatsKeepsToItsPlaceInAnyBuffer() throws IOException {
        try (Parameters parameters = joined()) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                FloatBuffer target = ByteBuffer.allocateDirect(48).order(order).asFloatBuffer();
                target.position(1);
                parameters.readFloats("qkv", target);
                assertEquals(11, target.position());
                assertEquals(12, target.limit());
                assertEquals(0, target.get(0), 0f);
                assertEquals(1, target.get(1), 0f);
                assertEquals(10, target.get(10), 0f);
                assertEquals(0, target.get(11), 0f);
            }
            assertThrows(IllegalArgumentException.class, () -> parameters.readFloats("qkv", FloatBuffer.allocate(9)));
            assertThrows(
                    IllegalArgumentException.class, () -> parameters.readFloats("qkv", 8, FloatBuffer.allocate(3)));
            var e = assertThrows(IllegalArgumentException.class, () -> parameters.shape("qvk"));
            assertTrue(e.getMessage().contains("'qvk' among qkv, flat"), e.getMessage());
        }
    }

    @Test
    void valuesLargerThanTheStagingBufferAreRead() throws IOException {
        int count = 200_003;
        float[] values = new float[count];
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
            doubles[i] = -i;
        }
        new SafetensorsWriter()
                .add("f", Tensor.of(values, count))
                .add("d", Tensor.of(doubles, count))
                .write(dir.resolve("model.safetensors"));
        NameMap.Builder map = NameMap.builder();
        map.expect("f", Shape.of(count)).from("f");
        map.expect("d", Shape.of(count)).from("d");
        try (Parameters parameters = map.build().load(Checkpoint.open(dir))) {
            float[] d = parameters.floats("d");
            for (int i = 0; i < count; i++) {
                assertEquals(-values[i], d[i], 0f);
            }
            assertArrayEquals(values, parameters.floats("f"), 0f);
        }
    }

    @Test
    void ofKeepsTheMapsTensorsAndOrder() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", Tensor.of(new int[] {1, 2, 3}, 3));
        tensors.put("a", Tensor.of(new float[] {4}));
        Parameters parameters = Parameters.of(tensors);
        tensors.clear();
        assertEquals(List.of("z", "a"), new ArrayList<>(parameters.names()));
        assertSame(parameters.tensor("z"), parameters.tensor("z"));
        assertEquals(DType.I32, parameters.dtype("z"));
        float[] part = new float[2];
        parameters.readFloats("z", 1, FloatBuffer.wrap(part));
        assertArrayEquals(new float[] {2, 3}, part, 0f);
        assertThrows(
                IllegalArgumentException.class,
                () -> Parameters.builder().add("a", parameters.tensor("a")).add("a", parameters.tensor("a")));
    }

    @Test
    void closeEndsReadsFromFiles() throws IOException {
        Parameters parameters = joined();
        parameters.close();
        assertThrows(IllegalStateException.class, () -> parameters.floats("qkv"));
    }

    @Test
    void writerSavesParameters() throws IOException {
        Path saved = dir.resolve("saved.safetensors");
        try (Parameters parameters = joined()) {
            new SafetensorsWriter().add(parameters).write(saved);
        }
        try (SafetensorsFile file = SafetensorsFile.open(saved)) {
            assertEquals("F32 [5, 2]", file.tensor("qkv").toString());
            assertArrayEquals(new float[] {7, 8, 9, 10}, file.tensor("flat").toFloats(), 0f);
        }
    }
}
