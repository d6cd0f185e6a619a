package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    private static final String TWO =
            "{'__metadata__':{'format':'pt'},'b':{'dtype':'I16','shape':[2],'data_offsets':[0,4]},"
                    + "'a':{'dtype':'U8','shape':[2,2],'data_offsets':[4,8]}}";

    @TempDir
    Path dir;

    @Test
    void openListsTensorsAndMetadata() throws IOException {
        Path path = RawFiles.write(dir.resolve("x.safetensors"), TWO, 8);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertEquals(Set.of("a", "b"), file.names());
            assertEquals(Map.of("format", "pt"), file.metadata());
            long data = Files.size(path) - 8;
            assertEquals(new TensorInfo(DType.U8, Shape.of(2, 2), data + 4, data + 8), file.info("a"));
            assertArrayEquals(new long[] {4, 5, 6, 7}, file.tensor("a").toLongs());
            assertArrayEquals(new long[] {0x0100, 0x0302}, file.tensor("b").toLongs());
        }
    }

    @Test
    void openAcceptsWhatTheReferenceAccepts() throws IOException {
        List<String> headers = List.of(
                "{}",
                "{}      ",
                "{'__metadata__':{}}",
                "{'__metadata__':null}",
                "{'scalar':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}",
                "{'e':{'dtype':'F32','shape':[0,7],'data_offsets':[0,0]},"
                        + "'f':{'dtype':'I8','shape':[1],'data_offsets':[0,1]}}",
                "{'x':{'data_offsets':[0,1],'more':{'a':[1,{}]},'shape':[1],'dtype':'BOOL'}}",
                "{'\\u00e9\\n':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}");
        int[] data = {0, 0, 0, 0, 4, 1, 1, 1};
        for (int i = 0; i < data.length; i++) {
            Path path = RawFiles.write(dir.resolve(i + ".safetensors"), headers.get(i), data[i]);
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                file.names().forEach(file::tensor);
            }
        }
    }

    @Test
    void tensorReadsFixture() {
        try (SafetensorsFile file = SafetensorsFile.open(FixtureFiles.of("vit-hf/model.safetensors"))) {
            Tensor mapped = file.tensor("vit.encoder.layer.0.intermediate.dense.weight");
            assertEquals(Shape.of(96, 48), mapped.shape());
            assertTrue(mapped.buffer().isDirect() && mapped.buffer().isReadOnly());
            float[] streamed = new float[96 * 48];
            file.readFloats("vit.encoder.layer.0.intermediate.dense.weight", 0, FloatBuffer.wrap(streamed));
            assertArrayEquals(mapped.toFloats(), streamed, 0f);
            float maximum = 0;
            for (float f : streamed) {
                assertTrue(Math.abs(f) < 10, () -> "not a weight: " + f);
                maximum = Math.max(maximum, Math.abs(f));
            }
            assertTrue(maximum > 0);
        }
    }

    @Test
    void tensorCopiesWhatIsNotAligned() throws IOException {
        String header = "{'u':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},"
                + "'f':{'dtype':'I32','shape':[1],'data_offsets':[1,5]}}";
        while (header.length() % 8 != 0) {
            header += " ";
        }
        try (SafetensorsFile file = SafetensorsFile.open(RawFiles.write(dir.resolve("x.safetensors"), header, 5))) {
            assertArrayEquals(new long[] {0x04030201}, file.tensor("f").toLongs());
            assertTrue(file.tensor("f").buffer().isDirect());
        }
    }

    @Test
    void readFillsHeapAndDirectBuffersInParts() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(RawFiles.write(dir.resolve("x.safetensors"), TWO, 8))) {
            ByteBuffer whole = ByteBuffer.allocate(6);
            file.read("a", whole);
            assertEquals(4, whole.position());
            assertEquals(6, whole.limit());
            assertArrayEquals(new byte[] {4, 5, 6, 7, 0, 0}, whole.array());
            ByteBuffer part = ByteBuffer.allocateDirect(2);
            file.read("a", 1, part);
            assertEquals(5, part.get(0));
            assertEquals(6, part.get(1));
            assertThrows(IllegalArgumentException.class, () -> file.read("a", ByteBuffer.allocate(3)));
            assertThrows(IllegalArgumentException.class, () -> file.read("a", 3, ByteBuffer.allocate(2)));
            assertThrows(IllegalArgumentException.class, () -> file.read("a", -1, ByteBuffer.allocate(2)));
            assertThrows(IllegalArgumentException.class, () -> file.info("c"));
        }
    }

    @Test
    void readFloatsConvertsEveryType() throws IOException {
        StringBuilder header = new StringBuilder("{");
        ByteBuffer data = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        for (DType type : DType.values()) {
            int begin = data.position();
            switch (type) {
                case F64 -> data.putDouble(1).putDouble(-2.5);
                case F32 -> data.putFloat(1).putFloat(-2.5f);
                case F16 -> data.putShort((short) 0x3c00).putShort((short) 0xc100);
                case BF16 -> data.putShort((short) 0x3f80).putShort((short) 0xc020);
                case I64 -> data.putLong(1).putLong(-2);
                case I32 -> data.putInt(1).putInt(-2);
                case I16 -> data.putShort((short) 1).putShort((short) -2);
                case I8 -> data.put((byte) 1).put((byte) -2);
                case U8 -> data.put((byte) 1).put((byte) 254);
                case BOOL -> data.put((byte) 1).put((byte) 0);
            }
            header.append(begin == 0 ? "" : ",")
                    .append("'%s':{'dtype':'%s','shape':[2],'data_offsets':[%d,%d]}"
                            .formatted(type, type, begin, data.position()));
        }
        byte[] bytes = java.util.Arrays.copyOf(data.array(), data.position());
        Path path = Files.write(dir.resolve("x.safetensors"), RawFiles.bytes(header + "}", bytes));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (DType type : DType.values()) {
                float second = type.isFloat() ? -2.5f : type == DType.U8 ? 254 : type == DType.BOOL ? 0 : -2;
                float[] actual = new float[2];
                file.readFloats(type.name(), 0, FloatBuffer.wrap(actual));
                assertArrayEquals(new float[] {1, second}, actual, 0f, type.name());
                file.readFloats(type.name(), 1, FloatBuffer.wrap(actual, 0, 1));
                assertEquals(second, actual[0], 0f, type.name());
                assertArrayEquals(
                        new float[] {1, second}, file.tensor(type.name()).toFloats(), 0f, type.name());
            }
        }
    }

    @Test
    void accessAfterTheFileWasCutIsAnError() throws IOException {
        Path path = RawFiles.write(dir.resolve("x.safetensors"), TWO, 8);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(Files.size(path) - 2);
            }
            assertArrayEquals(new long[] {0x0100, 0x0302}, file.tensor("b").toLongs());
            var e = assertThrows(ModelFormatException.class, () -> file.tensor("a"));
            assertTrue(e.getMessage().contains("must stay the file of"), e.getMessage());
            assertThrows(ModelFormatException.class, () -> file.read("a", ByteBuffer.allocate(4)));
            assertThrows(ModelFormatException.class, () -> file.readFloats("a", 0, FloatBuffer.allocate(4)));
        }
    }

    @Test
    void interruptNeitherFailsAReadNorIsLost() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(RawFiles.write(dir.resolve("x.safetensors"), TWO, 8))) {
            Thread.currentThread().interrupt();
            file.read("a", ByteBuffer.allocate(4));
            assertTrue(Thread.interrupted());
            assertArrayEquals(new long[] {4, 5, 6, 7}, file.tensor("a").toLongs());
        }
    }

    @Test
    void anotherFileIsNotReadInItsPlace() throws IOException {
        Path path = RawFiles.write(dir.resolve("x.safetensors"), TWO, 8);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            Files.move(
                    RawFiles.write(dir.resolve("y.safetensors"), TWO + " ", 8),
                    path,
                    StandardCopyOption.REPLACE_EXISTING);
            assertArrayEquals(new long[] {4, 5, 6, 7}, file.tensor("a").toLongs());
            closeChannelByInterrupt(file);
            assertThrows(ModelFormatException.class, () -> file.tensor("a"));
            assertThrows(ModelFormatException.class, () -> file.tensor("a"));
        }
    }

    /** Interrupts a thread that reads in a loop until its channel has been closed under it and reading fails. */
    private static void closeChannelByInterrupt(SafetensorsFile file) {
        Thread reader = new Thread(() -> {
            while (true) {
                file.read("a", ByteBuffer.allocate(4));
            }
        });
        reader.setUncaughtExceptionHandler((thread, e) -> {});
        reader.start();
        while (reader.isAlive()) {
            reader.interrupt();
        }
    }

    @Test
    void threadsInterruptedAtRandomAllReadTheSame() throws Exception {
        try (SafetensorsFile file = SafetensorsFile.open(FixtureFiles.of("vit-hf/model.safetensors"))) {
            String name = "vit.embeddings.patch_embeddings.projection.weight";
            float[] expected = file.tensor(name).toFloats();
            List<Throwable> failures = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
            Thread[] readers = new Thread[4];
            for (int t = 0; t < readers.length; t++) {
                readers[t] = new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        float[] actual = new float[expected.length];
                        file.readFloats(name, 0, FloatBuffer.wrap(actual));
                        assertArrayEquals(expected, actual, 0f);
                    }
                });
                readers[t].setUncaughtExceptionHandler((thread, e) -> failures.add(e));
                readers[t].start();
            }
            for (int i = 0; i < 200; i++) {
                readers[i % readers.length].interrupt();
                Thread.sleep(0, 200_000);
            }
            for (Thread reader : readers) {
                reader.join();
            }
            assertEquals(List.of(), failures);
        }
    }

    @Test
    void closeEndsReadsButKeepsTensors() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(RawFiles.write(dir.resolve("x.safetensors"), TWO, 8));
        Tensor kept = file.tensor("a");
        file.close();
        file.close();
        assertArrayEquals(new long[] {4, 5, 6, 7}, kept.toLongs());
        assertThrows(IllegalStateException.class, () -> file.tensor("a"));
        assertThrows(IllegalStateException.class, () -> file.read("a", ByteBuffer.allocate(4)));
    }

    @Test
    void tensorsBeyondTwoGibibytesAreReadInParts() throws IOException {
        long bytes = (1L << 31) + 8;
        String header = "{'big':{'dtype':'U8','shape':[2,1073741828],'data_offsets':[0,%d]},".formatted(bytes)
                + "'after':{'dtype':'I8','shape':[4],'data_offsets':[%d,%d]}}".formatted(bytes, bytes + 4);
        Path path = RawFiles.write(dir.resolve("big.safetensors"), header, 0);
        long end = Files.size(path) + bytes + 4;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 4}), end - 5); // a sparse file: takes no disk
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertArrayEquals(new long[] {1, 2, 3, 4}, file.tensor("after").toLongs());
            float[] last = new float[1];
            file.readFloats("big", bytes - 1, FloatBuffer.wrap(last));
            assertEquals(9, last[0], 0f);
            var e = assertThrows(ModelFormatException.class, () -> file.tensor("big"));
            assertTrue(e.getMessage().contains("'big': one tensor in memory takes at most 2 GiB, got " + bytes));
        }
    }
}
