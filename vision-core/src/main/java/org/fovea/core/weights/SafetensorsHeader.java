package org.fovea.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.io.JsonReader;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;

/**
 * The header of a safetensors file, wholly checked.
 *
 * <p>The rules are those of the reference implementation: tensors sorted by their offsets must follow one another
 * without overlap or hole from the first byte of the data to the last of the file. Stricter here: no name twice.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    /** Number of bytes before the header: its length as a little-endian 64-bit number. */
    static final int LENGTH_BYTES = 8;

    private static final int MAX_RANK = 64; // as many axes as PyTorch and NumPy allow
    private static final String DAMAGED = "The file is damaged or not safetensors: download or write it again.";
    private static final String DTYPES = Arrays.toString(DType.values());

    static SafetensorsHeader read(DataFile file) {
        byte[] utf8 = readBytes(file);
        long dataStart = LENGTH_BYTES + (long) utf8.length;
        Map<String, TensorInfo> tensors = new TreeMap<>();
        Map<String, String> metadata = new TreeMap<>();
        JsonReader.readObject(file.path(), "header", DAMAGED, utf8, (name, value) -> {
            if (!name.equals(METADATA)) {
                tensors.put(name, readTensor(file.path(), name, value, dataStart, file.length()));
            } else if (!value.isNull()) {
                metadata.putAll(value.strings(METADATA));
            }
        });
        checkLayout(file, dataStart, tensors);
        return new SafetensorsHeader(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
    }

    private static byte[] readBytes(DataFile file) {
        if (file.length() < LENGTH_BYTES) {
            throw FormatErrors.file(
                    file.path(), "a safetensors file has at least 8 bytes", file.length() + " bytes", DAMAGED);
        }
        ByteBuffer prefix = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, prefix);
        long length = prefix.getLong(0);
        long max = Math.min(JsonReader.MAX_BYTES, file.length() - LENGTH_BYTES);
        if (length < 0 || length > max) {
            throw FormatErrors.file(
                    file.path(),
                    "the header length must be from 0 to " + max + " (what follows in the file, at most 100 MB)",
                    Long.toUnsignedString(length),
                    DAMAGED);
        }
        byte[] utf8 = new byte[(int) length];
        file.read(LENGTH_BYTES, ByteBuffer.wrap(utf8));
        return utf8;
    }

    private static TensorInfo readTensor(Path file, String name, JsonReader value, long dataStart, long fileLength)
            throws IOException {
        Draft draft = new Draft();
        value.fields(name, (field, v) -> {
            switch (field) {
                case "dtype" -> draft.dtype = v.string(name + ".dtype");
                case "shape" -> draft.shape = v.integers(name + ".shape", MAX_RANK, Integer.MAX_VALUE);
                case "data_offsets" -> draft.offsets = v.integers(name + ".data_offsets", 2, Long.MAX_VALUE);
                default -> v.skip(); // the reference ignores unknown fields
            }
        });
        if (draft.dtype == null || draft.shape == null || draft.offsets == null || draft.offsets.length != 2) {
            throw FormatErrors.tensor(
                    file, name, "needs the fields dtype, shape and data_offsets (two numbers)", draft.given(), DAMAGED);
        }
        DType dtype = dtype(file, name, draft.dtype);
        long bytes = byteCount(file, name, dtype, draft.shape);
        long begin = draft.offsets[0];
        long end = draft.offsets[1];
        long dataLength = fileLength - dataStart;
        if (begin > end || end > dataLength) {
            throw FormatErrors.tensor(
                    file,
                    name,
                    "data_offsets must ascend and lie in the " + dataLength + " data bytes of the file",
                    Arrays.toString(draft.offsets),
                    "The file is cut off or damaged: download or write it again.");
        }
        if (end - begin != bytes) {
            throw FormatErrors.tensor(
                    file,
                    name,
                    dtype + " " + Arrays.toString(draft.shape) + " takes " + bytes + " bytes",
                    end - begin + " from data_offsets " + Arrays.toString(draft.offsets),
                    DAMAGED);
        }
        int[] sizes = Arrays.stream(draft.shape).mapToInt(Math::toIntExact).toArray();
        return new TensorInfo(dtype, Shape.of(sizes), dataStart + begin, dataStart + end);
    }

    private static DType dtype(Path file, String name, String text) {
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw FormatErrors.tensor(
                file,
                name,
                "dtype must be one of " + DTYPES,
                text,
                "Convert the tensor to one of these and save again.");
    }

    private static long byteCount(Path file, String name, DType dtype, long[] shape) {
        try {
            long count = 1;
            for (long size : shape) {
                count = Math.multiplyExact(count, size);
            }
            return Math.multiplyExact(count, (long) dtype.bytes());
        } catch (ArithmeticException e) {
            throw FormatErrors.tensor(
                    file, name, "the number of bytes must fit 63 bits", dtype + " " + Arrays.toString(shape), DAMAGED);
        }
    }

    private static void checkLayout(DataFile file, long dataStart, Map<String, TensorInfo> tensors) {
        List<Map.Entry<String, TensorInfo>> byOffset = new ArrayList<>(tensors.entrySet());
        byOffset.sort(Map.Entry.comparingByValue(
                Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end)));
        long end = dataStart;
        String before = "the header";
        for (var entry : byOffset) {
            long begin = entry.getValue().begin();
            if (begin != end) {
                throw FormatErrors.tensor(
                        file.path(),
                        entry.getKey(),
                        "must start where "
                                + (before.equals("the header") ? before : "'" + FormatErrors.shown(before) + "'")
                                + " ends, at data offset " + (end - dataStart),
                        begin
                                - dataStart
                                + (begin < end ? ": they overlap" : ": bytes between them belong to no tensor"),
                        DAMAGED);
            }
            end = entry.getValue().end();
            before = entry.getKey();
        }
        if (end != file.length()) {
            throw FormatErrors.file(
                    file.path(),
                    "the last tensor must end with the file",
                    file.length() - end + " bytes after it that belong to no tensor",
                    DAMAGED);
        }
    }

    /** The fields of one tensor as they come. */
    private static final class Draft {
        private String dtype;
        private long[] shape;
        private long[] offsets;

        String given() {
            return "dtype " + dtype + ", shape " + Arrays.toString(shape) + ", data_offsets "
                    + Arrays.toString(offsets);
        }
    }
}
