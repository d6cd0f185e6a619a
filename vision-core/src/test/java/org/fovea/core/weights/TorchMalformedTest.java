package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.TorchWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TorchMalformedTest {
    private static final String PROTOCOL = "\u0080\u0002";
    private static final String REBUILD = "ctorch._utils\n_rebuild_tensor_v2\n";
    private static final String HOOKS = "\u0089ccollections\nOrderedDict\n)R";

    @TempDir
    Path dir;

    /** A dictionary of one tensor over the storage of 16 floats. */
    private static String tensor(long offset, String sizes, String strides) {
        return one(REBUILD + "(" + storage(DType.F32, "2", 16) + number(offset) + sizes + strides + HOOKS + "tR");
    }

    private static String one(String value) {
        return PROTOCOL + "}" + TorchWriter.text("x") + value + "s.";
    }

    private static String storage(DType dtype, String key, long count) {
        return TorchWriter.storage(dtype, key, count);
    }

    private static String number(long value) {
        return TorchWriter.number(value);
    }

    private static String tuple(long... values) {
        StringBuilder out = new StringBuilder("(");
        for (long value : values) {
            out.append(number(value));
        }
        return out.append("t").toString();
    }

    static Stream<Arguments> malformedPickles() {
        String dict = "(" + TorchWriter.text("a");
        return Stream.of(
                Arguments.of("nothing", "", "must end in the pickle, got 0 bytes"),
                Arguments.of("no stop", PROTOCOL + "}", "must end in the pickle"),
                Arguments.of("no value", PROTOCOL + ".", "needs its operand"),
                Arguments.of("protocol 4", "\u0080\u0004}.", "protocol must be 2, got 4"),
                Arguments.of("not a dictionary", PROTOCOL + "K\u0007.", "a dictionary of tensors, got the number 7"),
                Arguments.of("a tensor alone", tensor(0, tuple(16), tuple(1)).replace("s.", "."), "got an object"),
                Arguments.of("a number", one("K\u0007"), "got the number 7 under 'x'"),
                Arguments.of("a text", one(TorchWriter.text("y")), "got the text 'y' under 'x'"),
                Arguments.of("a list", one("]"), "got a list under 'x'"),
                Arguments.of(
                        "name twice",
                        PROTOCOL + "}(" + (TorchWriter.text("x") + "K\u0001").repeat(2) + "u.",
                        "'x' twice"),
                Arguments.of("key a tuple", PROTOCOL + "})K\u0001s.", "keys must be texts or numbers, got a tuple"),
                Arguments.of("odd items", PROTOCOL + "}" + dict + "u.", "takes pairs, got 1"),
                Arguments.of("items of a list", PROTOCOL + "]" + dict + "K\u0001u.", "into dictionaries alone"),
                Arguments.of("append to a dictionary", PROTOCOL + "}Na.", "to lists alone, got a dictionary"),
                Arguments.of("no mark", PROTOCOL + "}u.", "needs the mark"),
                Arguments.of("pops a mark", PROTOCOL + "}(.", "needs its operand"),
                Arguments.of("unknown memo", PROTOCOL + "h\u0005.", "got number 5"),
                Arguments.of("memo of nothing", PROTOCOL + "q\u0005.", "needs its operand"),
                Arguments.of("long text", PROTOCOL + "X\u00ff\u00ff\u00ff\u007f.", "must end in the pickle"),
                Arguments.of("negative text", PROTOCOL + "X\u00ff\u00ff\u00ff\u00ff.", "got 4294967295 bytes"),
                Arguments.of("not UTF-8", PROTOCOL + "X\u0001\0\0\0\u00ff.", "must be UTF-8"),
                Arguments.of("long number", PROTOCOL + "\u008a\u0009" + "1".repeat(9) + ".", "at most 8 bytes, got 9"),
                Arguments.of("import", PROTOCOL + "cos\nsystem\n.", "but those of plain tensors, got os.system"),
                Arguments.of("import of torch", PROTOCOL + "ctorch\nload\n.", "got torch.load"),
                Arguments.of("import unended", PROTOCOL + "cos\nsystem", "must end in the pickle"),
                Arguments.of(
                        "import from the stack",
                        PROTOCOL + "\u0093.",
                        "torch.save writes for a state dictionary, got 0x93"),
                Arguments.of("class instance", PROTOCOL + "(ios\nsystem\n.", "got 0x69"),
                Arguments.of("persistent id as text", PROTOCOL + "P1\n.", "got 0x50"),
                Arguments.of("extension", PROTOCOL + "\u0082\1.", "got 0x82"),
                Arguments.of("call of a text", PROTOCOL + TorchWriter.text("x") + ")R.", "got something else called"),
                Arguments.of("call of a storage type", PROTOCOL + "ctorch\nFloatStorage\n)R.", "something else called"),
                Arguments.of("call without a tuple", PROTOCOL + REBUILD + "}R.", "needs a tuple"),
                Arguments.of("no arguments", PROTOCOL + REBUILD + ")R.", "got the arguments of REBUILD_TENSOR"),
                Arguments.of("filled dictionary", PROTOCOL + "ccollections\nOrderedDict\n]\u0085R.", "ORDERED_DICT"),
                Arguments.of(
                        "storage without a type", PROTOCOL + "(" + TorchWriter.text("storage") + "tQ.", "a storage is"),
                Arguments.of("absent storage", one(storage(DType.F32, "9", 16)), "no archive/data/9"),
                Arguments.of(
                        "storage upwards", one(storage(DType.F32, "../data.pkl", 16)), "no archive/data/../data.pkl"),
                Arguments.of("longer storage", one(storage(DType.F32, "2", 17)), "as long as its entry, got 64 bytes"),
                Arguments.of("storage of wide type", one(storage(DType.F64, "2", 16)), "as long as its entry"),
                Arguments.of("huge storage", one(storage(DType.F64, "2", 1L << 61)), "as long as its entry"),
                Arguments.of("negative storage", one(storage(DType.F32, "2", -16)), "as long as its entry"),
                Arguments.of("a storage alone", one(storage(DType.F32, "2", 16)), "got an object of torch under 'x'"),
                Arguments.of("negative offset", tensor(-1, tuple(1), tuple(1)), "lie in its storage of 16 elements"),
                Arguments.of("beyond", tensor(1, tuple(16), tuple(1)), "ends after element 17"),
                Arguments.of("beyond by stride", tensor(0, tuple(4, 4), tuple(5, 1)), "ends after element 19"),
                Arguments.of("negative stride", tensor(15, tuple(16), tuple(-1)), "stride -1"),
                Arguments.of("overflow of a stride", tensor(0, tuple(3), tuple(Long.MAX_VALUE)), "does not"),
                Arguments.of("overflow of offset", tensor(Long.MAX_VALUE, tuple(1), tuple(1)), "does not"),
                Arguments.of("empty beyond", tensor(17, tuple(0), tuple(1)), "lie in its storage"),
                Arguments.of("negative size", tensor(0, tuple(-1), tuple(1)), "sizes must be from 0"),
                Arguments.of("size over int", tensor(0, tuple(1L << 31), tuple(0)), "sizes must be from 0"),
                Arguments.of(
                        "product overflow", tensor(0, tuple(1L << 30, 1L << 30, 1L << 30), tuple(0, 0, 0)), "63 bits"),
                Arguments.of(
                        "repeated to terabytes",
                        tensor(0, tuple(1L << 30, 1L << 10), tuple(0, 0)),
                        "repeats its elements"),
                Arguments.of(
                        "size a text", tensor(0, "(" + TorchWriter.text("1") + "t", tuple(1)), "must be whole numbers"),
                Arguments.of("fewer strides", tensor(0, tuple(4, 4), tuple(1)), "as many strides, got 2 and 1"),
                Arguments.of("65 axes", tensor(0, tuple(new long[65]), tuple(new long[65])), "at most 64 sizes"));
    }

    private static Map<String, byte[]> entries(String pickle) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
        entries.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        entries.put("archive/data/2", new byte[64]);
        entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return entries;
    }

    private void checkRefused(byte[] bytes, String expected) throws IOException {
        Path path = Files.write(dir.resolve("bad.bin"), bytes);
        var e = assertThrows(ModelFormatException.class, () -> TorchFile.open(path));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertTrue(e.getMessage().contains("bad.bin") && e.getMessage().endsWith("."), e.getMessage());
        assertTrue(
                e.getMessage().length() < 1500,
                () -> "text of " + e.getMessage().length());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedPickles")
    void openRefusesPickles(String what, String pickle, String expected) throws IOException {
        checkRefused(TorchWriter.zip(entries(pickle)), expected);
    }

    @Test
    void valuesThatContainThemselvesOrOneAnotherManyTimesDoNoHarm() throws IOException {
        String bomb = PROTOCOL + ")" + "q\0h\0\u0086".repeat(10_000) + "0."; // 2 to the power of 10,000 leaves
        checkRefused(TorchWriter.zip(entries(bomb)), "got 0x30");
        checkRefused(TorchWriter.zip(entries(bomb.replace("0.", "."))), "a dictionary of tensors, got a tuple");
        checkRefused(
                TorchWriter.zip(entries(one("}q\0" + TorchWriter.text("y") + "h\0s"))), "got a dictionary under 'x'");
        checkRefused(TorchWriter.zip(entries(one("(".repeat(100_000) + "t".repeat(100_000)))), "got a tuple under 'x'");
        checkRefused(TorchWriter.zip(entries(PROTOCOL + "}".repeat(3_000_000))), "at most 2097152 values");
        checkRefused(TorchWriter.zip(entries(PROTOCOL + "}".repeat(17_000_000))), "takes at most 16777216 bytes");
    }

    @Test
    void openRefusesOtherContents() throws IOException {
        String valid = tensor(0, tuple(4, 4), tuple(1, 4));
        TorchFile.open(Files.write(dir.resolve("good.bin"), TorchWriter.zip(entries(valid))))
                .close();
        Map<String, byte[]> entries = entries(valid);
        entries.put("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        checkRefused(TorchWriter.zip(entries), "the byte order must be little, got big");
        entries = entries(valid);
        entries.put("archive/version", "11\n".getBytes(StandardCharsets.US_ASCII));
        checkRefused(TorchWriter.zip(entries), "must be at most 10, got 11");
        entries.put("archive/version", new byte[0]);
        checkRefused(TorchWriter.zip(entries), "must be at most 10");
        entries.put("archive/version", new byte[65]);
        checkRefused(TorchWriter.zip(entries), "'archive/version' takes at most 64 bytes, got 65");
        entries = entries(valid);
        entries.put("other/data.pkl", new byte[1]);
        checkRefused(TorchWriter.zip(entries), "must hold one */data.pkl, got 2");
        checkRefused(TorchWriter.zip(Map.of("x", new byte[1])), "must hold one */data.pkl, got 0");
        checkRefused(new byte[0], "got an empty file");
        checkRefused("PK".getBytes(StandardCharsets.US_ASCII), "got another file");
        checkRefused("PK\3\4".getBytes(StandardCharsets.US_ASCII), "end record, got none");
    }

    @Test
    void openRefusesDamagedZips() throws IOException {
        byte[] valid = TorchWriter.zip(entries(tensor(0, tuple(16), tuple(1))));
        int end = valid.length - 22;
        int directory = ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
        int second = directory + 46 + "archive/data.pkl".length();
        refuses(valid, b -> b.putShort(end + 4, (short) 1), "must be whole");
        refuses(valid, b -> b.putShort(end + 8, (short) 3), "counts that differ");
        refuses(valid, b -> b.putInt(end + 16, directory + 1), "must end where its end record begins");
        refuses(valid, b -> b.putInt(end + 12, -1), "must end where its end record begins");
        refuses(valid, b -> b.putShort(end + 8, (short) 999).putShort(end + 10, (short) 999), "999 entries in");
        refuses(
                valid,
                b -> b.putShort(end + 8, (short) 3).putShort(end + 10, (short) 3),
                "must end with its last entry");
        refuses(valid, b -> b.putInt(directory, 7), "entry 0 must start with its signature");
        refuses(valid, b -> b.putShort(directory + 8, (short) 1), "must not be encrypted");
        refuses(
                valid,
                b -> b.putShort(directory + 10, (short) 8),
                "stored uncompressed, as torch.save writes them, got method 8");
        refuses(valid, b -> b.putInt(directory + 20, 7), "a stored entry has one size");
        refuses(valid, b -> b.putShort(directory + 28, (short) -1), "must end in the directory");
        refuses(valid, b -> b.putShort(directory + 34, (short) 1), "must lie in this file");
        refuses(valid, b -> b.putInt(directory + 42, 1), "must agree with the directory");
        refuses(valid, b -> b.putInt(directory + 42, Integer.MAX_VALUE), "must lie before the directory");
        refuses(valid, b -> b.putInt(directory + 42, -1), "must stand in a zip64 field");
        refuses(valid, b -> b.putInt(directory + 20, 9999).putInt(directory + 24, 9999), "must agree");
        refuses(valid, b -> b.put(0, (byte) 'p'), "must be the zip file");
        refuses(valid, b -> b.putShort(8, (short) 8), "must agree with the directory");
        refuses(valid, b -> b.put(30, (byte) 'b'), "must agree with the directory");
        refuses(valid, b -> b.putShort(28, (short) -1), "must end before the directory");
        refuses(valid, b -> b.putShort(28, (short) 128), "must not overlap");
        refuses(valid, b -> b.putInt(second + 42, 0), "must agree with the directory");
    }

    private void refuses(byte[] valid, Consumer<ByteBuffer> damage, String expected) throws IOException {
        byte[] bytes = valid.clone();
        damage.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        checkRefused(bytes, expected);
    }

    @Test
    void mutatedFilesAreReadOrRefusedButNeverFailOtherwise() throws IOException {
        byte[] likely =
                "()]}0123456789NJKMGXabcehjqrstuQR.\n\0\1\2\4\u0010\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u00ff"
                        .getBytes(StandardCharsets.ISO_8859_1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensor.of(new float[6], 2, 3));
        tensors.put("b", Tensor.of(new int[2], 2));
        byte[] plain = TorchWriter.zip(TorchWriter.entries(tensors));
        byte[] viewed = TorchWriter.zip(entries(tensor(1, tuple(3, 3), tuple(1, 4))));
        byte[] torch = Files.readAllBytes(FixtureFiles.of("torch/nested.bin"));
        int refused = 0;
        for (byte[] valid : new byte[][] {plain, viewed, torch}) {
            refused += new MutatedFiles(valid, likely, 20261126)
                    .refused(20_000 / 3 + 1, dir.resolve("bad.bin"), TorchFile::open);
        }
        int files = 3 * (20_000 / 3 + 1);
        assertTrue(refused > files / 3 && refused < files - files / 10, "refused " + refused + " of " + files);
        assertEquals(20_001, files);
    }
}
