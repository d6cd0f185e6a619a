package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    Path dir;

    @Test
    void writeGivesTheBytesOfTheReference() throws IOException {
        Path path = dir.resolve("x.safetensors");
        new SafetensorsWriter()
                .add("attn0", Tensor.of(new float[] {0, 1}, 1, 2))
                .write(path);
        String header = "{'attn0':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}}";
        header += " ".repeat((8 - header.length() % 8) % 8);
        byte[] expected = RawFiles.bytes(header, new byte[] {0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f});
        assertArrayEquals(expected, Files.readAllBytes(path));

        new SafetensorsWriter().write(path);
        assertArrayEquals(RawFiles.bytes("{}      ", new byte[0]), Files.readAllBytes(path));
    }

    @Test
    void writeCopiesAFixtureByteForByte() throws IOException {
        for (String name : List.of("model.safetensors", "expected.safetensors")) {
            Path path = dir.resolve(name);
            try (SafetensorsFile file = SafetensorsFile.open(FixtureFiles.of("vit-hf/" + name))) {
                SafetensorsWriter writer = new SafetensorsWriter();
                file.metadata().forEach(writer::metadata);
                for (String tensor : file.names()) {
                    TensorInfo info = file.info(tensor);
                    writer.add(tensor, info.dtype(), info.shape(), () -> file.tensor(tensor));
                }
                writer.write(path);
            }
            assertEquals(-1, Files.mismatch(FixtureFiles.of("vit-hf/" + name), path));
        }
    }

    @Test
    void writtenTensorsAreReadBack() throws IOException {
        Path path = dir.resolve("x.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter().metadata("quote\"é\n", "文");
        for (DType type : DType.values()) {
            Tensor tensor = Tensor.zeros(type, Shape.of(3, 1));
            tensor.buffer().put(type.bytes(), (byte) (type.ordinal() + 1));
            writer.add("t." + type, tensor);
        }
        writer.add("scalar", Tensor.of(new int[] {7})).add("empty", Tensor.zeros(DType.F64, Shape.of(0, 2)));
        writer.write(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(Map.of("quote\"é\n", "文"), file.metadata());
            for (DType type : DType.values()) {
                TensorInfo info = file.info("t." + type);
                assertEquals(type, info.dtype());
                assertEquals(Shape.of(3, 1), info.shape());
                assertEquals(0, info.begin() % type.bytes(), "alignment of " + type);
                byte[] bytes = new byte[3 * type.bytes()];
                file.tensor("t." + type).buffer().get(bytes);
                assertEquals(type.ordinal() + 1, bytes[type.bytes()]);
            }
            assertArrayEquals(new long[] {7}, file.tensor("scalar").toLongs());
            assertEquals(Shape.of(0, 2), file.tensor("empty").shape());
        }
    }

    @Test
    void orderOfAddingDoesNotChangeTheBytes() throws IOException {
        Tensor one = Tensor.of(new float[] {1}, 1);
        Tensor two = Tensor.of(new int[] {2}, 1);
        Path a = dir.resolve("a");
        Path b = dir.resolve("b");
        new SafetensorsWriter()
                .metadata("m", "1")
                .metadata("n", "2")
                .add("x", one)
                .add("y", two)
                .write(a);
        new SafetensorsWriter()
                .metadata("n", "2")
                .metadata("m", "1")
                .add("y", two)
                .add("x", one)
                .write(b);
        assertEquals(-1, Files.mismatch(a, b));
    }

    @Test
    void failureLeavesTheTargetAndNoTemporaryFile() throws IOException {
        Path path = Files.writeString(dir.resolve("x.safetensors"), "as it was");
        SafetensorsWriter writer = new SafetensorsWriter()
                .add("a", Tensor.of(new float[] {1}, 1))
                .add("b", DType.F32, Shape.of(2), () -> Tensor.of(new float[] {1, 2, 3}, 3));
        var e = assertThrows(IllegalStateException.class, () -> writer.write(path));
        assertTrue(e.getMessage().contains("'b' was announced as F32 [2], its supplier gave F32 [3]"), e.getMessage());
        assertEquals("as it was", Files.readString(path, StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Test
    void addRefusesNamesTwiceAndTheReservedOne() {
        SafetensorsWriter writer = new SafetensorsWriter().add("a", Tensor.of(new float[] {1}, 1));
        assertThrows(IllegalArgumentException.class, () -> writer.add("a", Tensor.of(new float[] {1}, 1)));
        assertThrows(IllegalArgumentException.class, () -> writer.add("__metadata__", Tensor.of(new float[] {1}, 1)));
    }
}
