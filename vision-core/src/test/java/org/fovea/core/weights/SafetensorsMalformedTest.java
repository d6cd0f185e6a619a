package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsMalformedTest {
    @TempDir
    Path dir;

    static Stream<Arguments> malformedHeaders() {
        return Stream.of(
                Arguments.of("not JSON", "{'x':", "must be JSON"),
                Arguments.of("no header", "", "must be a JSON object"),
                Arguments.of("not an object", "[]", "must be a JSON object, got an array"),
                Arguments.of("a number", "12", "must be a JSON object, got 12"),
                Arguments.of("more after it", "{}{}", "nothing but spaces may follow"),
                Arguments.of("zero padding", "{}\0\0", "must be JSON"),
                Arguments.of("entry not an object", "{'x':3}", "of 'x' must be a JSON object, got 3"),
                Arguments.of("dtype not a string", tensor("1", "[1]", "[0,1]"), "'x.dtype' must be a string"),
                Arguments.of("unknown dtype", tensor("'F99'", "[1]", "[0,1]"), "tensor 'x': dtype must be one of"),
                Arguments.of("unsupported dtype", tensor("'U64'", "[1]", "[0,8]"), "got U64"),
                Arguments.of("enum name", tensor("'f32'", "[1]", "[0,4]"), "got f32"),
                Arguments.of("no dtype", "{'x':{'shape':[1],'data_offsets':[0,1]}}", "got dtype null"),
                Arguments.of("no shape", "{'x':{'dtype':'U8','data_offsets':[0,1]}}", "shape null"),
                Arguments.of("no offsets", "{'x':{'dtype':'U8','shape':[1]}}", "data_offsets null"),
                Arguments.of("shape not an array", tensor("'U8'", "1", "[0,1]"), "'x.shape' must be an array"),
                Arguments.of("negative size", tensor("'U8'", "[-1]", "[0,1]"), "got -1"),
                Arguments.of("fraction", tensor("'U8'", "[1.0]", "[0,1]"), "got 1.0"),
                Arguments.of("text size", tensor("'U8'", "['1']", "[0,1]"), "whole numbers"),
                Arguments.of("null size", tensor("'U8'", "[null]", "[0,1]"), "whole numbers"),
                Arguments.of("nested shape", tensor("'U8'", "[[1]]", "[0,1]"), "got an array"),
                Arguments.of("axis over int", tensor("'U8'", "[2147483648]", "[0,1]"), "got 2147483648"),
                Arguments.of("axis over long", tensor("'U8'", "[99999999999999999999]", "[0,1]"), "whole numbers"),
                Arguments.of(
                        "product overflow",
                        tensor("'U8'", "[2147483647,2147483647,2147483647]", "[0,1]"),
                        "must fit 63 bits"),
                Arguments.of("byte overflow", tensor("'F64'", "[2147483647,2147483647]", "[0,1]"), "must fit 63 bits"),
                Arguments.of("too many axes", tensor("'U8'", "[" + "1,".repeat(64) + "1]", "[0,1]"), "at most 64"),
                Arguments.of("one offset", tensor("'U8'", "[1]", "[0]"), "data_offsets (two numbers)"),
                Arguments.of("three offsets", tensor("'U8'", "[1]", "[0,1,2]"), "at most 2"),
                Arguments.of("negative offset", tensor("'U8'", "[1]", "[-1,0]"), "got -1"),
                Arguments.of("reversed", tensor("'U8'", "[1]", "[1,0]"), "must ascend"),
                Arguments.of(
                        "out of range", tensor("'U8'", "[9]", "[0,9]"), "the 8 data bytes of the file, got [0, 9]"),
                Arguments.of(
                        "offset overflow", tensor("'U8'", "[1]", "[9223372036854775806,9223372036854775807]"), "lie"),
                Arguments.of("size mismatch", tensor("'F32'", "[3]", "[0,8]"), "F32 [3] takes 12 bytes, got 8"),
                Arguments.of("tail", tensor("'U8'", "[7]", "[0,7]"), "got 1 bytes after it"),
                Arguments.of("no tensors for the data", "{}", "got 8 bytes after it"),
                Arguments.of("hole at the start", tensor("'U8'", "[7]", "[1,8]"), "belong to no tensor"),
                Arguments.of("hole", two("[0,3]", 3, "[4,8]", 4), "tensor 'y': must start where 'x' ends"),
                Arguments.of("overlap", two("[0,5]", 5, "[4,8]", 4), "got 4: they overlap"),
                Arguments.of("same bytes", two("[0,8]", 8, "[0,8]", 8), "they overlap"),
                Arguments.of(
                        "name twice",
                        "{'x':{'dtype':'U8','shape':[8],'data_offsets':[0,8]},"
                                + "'x':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                        "got 'x' twice"),
                Arguments.of(
                        "field twice",
                        "{'x':{'dtype':'U8','dtype':'U8','shape':[8],'data_offsets':[0,8]}}",
                        "of 'x', got 'dtype' twice"),
                Arguments.of("metadata twice", "{'__metadata__':{},'__metadata__':{}}", "twice"),
                Arguments.of("metadata name twice", "{'__metadata__':{'a':'','a':''}}", "got 'a' twice"),
                Arguments.of("metadata not text", "{'__metadata__':{'a':1}}", "'a' must be a string, got 1"),
                Arguments.of("metadata a list", "{'__metadata__':[]}", "must be a JSON object"),
                Arguments.of("deep nesting", "{'x':{'y':" + "[".repeat(5000), "must be JSON"),
                Arguments.of("long number", tensor("'U8'", "[" + "9".repeat(100_000) + "]", "[0,1]"), "header"));
    }

    private static String tensor(String dtype, String shape, String offsets) {
        return "{'x':{'dtype':" + dtype + ",'shape':" + shape + ",'data_offsets':" + offsets + "}}";
    }

    private static String two(String first, int firstSize, String second, int secondSize) {
        return "{'y':{'dtype':'U8','shape':[" + secondSize + "],'data_offsets':" + second + "},"
                + "'x':{'dtype':'U8','shape':[" + firstSize + "],'data_offsets':" + first + "}}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeaders")
    void openRefuses(String what, String header, String expected) throws IOException {
        checkRefused(RawFiles.write(dir.resolve("bad.safetensors"), header, 8), expected);
    }

    private static void checkRefused(Path path, String expected) {
        var e = assertThrows(ModelFormatException.class, () -> SafetensorsFile.open(path));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertTrue(e.getMessage().contains("bad.safetensors") && e.getMessage().endsWith("."), e.getMessage());
        assertTrue(
                e.getMessage().length() < 1500,
                () -> "text of " + e.getMessage().length());
    }

    @Test
    void openRefusesFilesThatAreNoContainer() throws IOException {
        Path path = dir.resolve("bad.safetensors");
        checkRefused(path, "opening failed");
        checkRefused(Files.write(path, new byte[0]), "at least 8 bytes, got 0 bytes");
        checkRefused(Files.write(path, new byte[7]), "got 7 bytes");
        checkRefused(Files.write(path, new byte[8]), "must be a JSON object, got the end of the header");
        for (long length : new long[] {9, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            checkRefused(Files.write(path, bytes.array()), "from 0 to 8 ");
            checkRefused(path, "got " + Long.toUnsignedString(length));
        }
        byte[] latin = RawFiles.bytes("{'?':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}}", new byte[0]);
        latin[10] = (byte) 0xe9;
        checkRefused(Files.write(path, latin), "must be UTF-8");
        Files.delete(path);
        checkRefused(Files.createDirectory(path), "must be a regular file");
    }

    @Test
    void mutatedFilesAreReadOrRefusedButNeverFailOtherwise() throws IOException {
        byte[] valid = RawFiles.bytes(
                "{'__metadata__':{'format':'pt'},'a.weight':{'dtype':'F32','shape':[2,3],'data_offsets':[0,24]},"
                        + "'b':{'dtype':'BF16','shape':[],'data_offsets':[24,26]},"
                        + "'c':{'dtype':'I64','shape':[1,1],'data_offsets':[26,34]}}",
                new byte[34]);
        byte[] likely = "{}[]\",:0123456789-.eFIBU \\\0\u007f".getBytes(StandardCharsets.ISO_8859_1);
        int refused = new MutatedFiles(valid, likely, 20240607)
                .refused(2000, dir.resolve("bad.safetensors"), SafetensorsFile::open);
        assertTrue(refused > 1000 && refused < 2000, "refused " + refused);
    }
}
