package org.fovea.core.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;

/** Files as {@code torch.save} writes them for a state dictionary, built byte by byte, independently of the reader. */
public final class TorchWriter {
    private static final int ALIGNMENT = 64;

    private TorchWriter() {}

    /** Writes tensors under their names. */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        Files.write(file, zip(entries(tensors)));
    }

    /**
     * Copies a checkpoint, its weights in {@code pytorch_model.bin} instead of safetensors.
     *
     * @param folder that exists
     */
    public static void copy(Path checkpoint, Path folder) throws IOException {
        for (String name : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(checkpoint.resolve(name), folder.resolve(name));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (Checkpoint weights = Checkpoint.open(checkpoint)) {
            weights.names().forEach(name -> tensors.put(name, weights.tensor(name)));
        }
        write(folder.resolve("pytorch_model.bin"), tensors);
    }

    /** The entries of such a file. */
    public static Map<String, byte[]> entries(Map<String, Tensor> tensors) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        StringBuilder pickle = new StringBuilder("\u0080\u0002}(");
        entries.put("archive/data.pkl", new byte[0]);
        entries.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        tensors.forEach((name, tensor) -> {
            String key = Integer.toString(entries.size());
            pickle.append(text(name)).append(view(tensor, key));
            byte[] bytes = new byte[tensor.buffer().remaining()];
            tensor.buffer().get(bytes);
            entries.put("archive/data/" + key, bytes);
        });
        entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        entries.put("archive/data.pkl", pickle.append("u.").toString().getBytes(StandardCharsets.ISO_8859_1));
        return entries;
    }

    private static String view(Tensor tensor, String key) {
        int[] sizes = tensor.shape().toArray();
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        StringBuilder shape = new StringBuilder("(");
        StringBuilder steps = new StringBuilder("(");
        for (int axis = 0; axis < sizes.length; axis++) {
            shape.append(number(sizes[axis]));
            steps.append(number(strides[axis]));
        }
        return "ctorch._utils\n_rebuild_tensor_v2\n("
                + storage(tensor.dtype(), key, tensor.shape().size()) + number(0) + shape + "t" + steps + "t"
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    /** The instructions for a storage. */
    public static String storage(DType dtype, String key, long count) {
        String type =
                switch (dtype) {
                    case F64 -> "Double";
                    case F32 -> "Float";
                    case F16 -> "Half";
                    case BF16 -> "BFloat16";
                    case I64 -> "Long";
                    case I32 -> "Int";
                    case I16 -> "Short";
                    case I8 -> "Char";
                    case U8 -> "Byte";
                    case BOOL -> "Bool";
                };
        return "(" + text("storage") + "ctorch\n" + type + "Storage\n" + text(key) + text("cpu") + number(count) + "tQ";
    }

    /** The instruction for a text, its bytes as characters. */
    public static String text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return "X" + bytes(utf8.length, 4) + new String(utf8, StandardCharsets.ISO_8859_1);
    }

    /** The instruction for a whole number. */
    public static String number(long value) {
        return "\u008a\u0008" + bytes(value, 8);
    }

    private static String bytes(long value, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append((char) (value >> 8 * i & 0xff));
        }
        return out.toString();
    }

    /** A zip file that stores these entries, each from a multiple of 64 bytes on. */
    public static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        entries.forEach((name, content) -> {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            int padding = Math.floorMod(-(out.size() + 30 + utf8.length), ALIGNMENT);
            int at = out.size();
            out.writeBytes(header(0x04034b50, 30, content, utf8.length, padding, 0));
            out.writeBytes(utf8);
            out.writeBytes(new byte[padding]);
            out.writeBytes(content);
            directory.writeBytes(header(0x02014b50, 46, content, utf8.length, 0, at));
            directory.writeBytes(utf8);
        });
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN).putInt(0x06054b50);
        end.putShort(8, (short) entries.size()).putShort(10, (short) entries.size());
        end.putInt(12, directory.size()).putInt(16, out.size());
        out.writeBytes(directory.toByteArray());
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    private static byte[] header(int signature, int length, byte[] content, int name, int extra, int at) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, signature);
        int shift = length == 46 ? 2 : 0; // the directory's has the writer's version before the reader's
        header.putInt(14 + shift, (int) crc.getValue());
        header.putInt(18 + shift, content.length).putInt(22 + shift, content.length);
        header.putShort(26 + shift, (short) name).putShort(28 + shift, (short) extra);
        if (length == 46) {
            header.putInt(42, at);
        }
        return header.array();
    }
}
