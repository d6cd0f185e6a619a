package org.fovea.core.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonReader;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Writes a safetensors file: the same tensors give the same bytes, in the order and with the padding of the reference
 * implementation, so that a file it wrote and this one are equal.
 *
 * <p>The file appears whole or not at all. Tensors given as suppliers are made one at a time. Not thread-safe.
 */
public final class SafetensorsWriter {
    /** Order of types in the reference, highest alignment first; ties are in the order of its enumeration. */
    private static final List<DType> TYPE_ORDER = List.of(
            DType.I64,
            DType.F64,
            DType.F32,
            DType.I32,
            DType.BF16,
            DType.F16,
            DType.I16,
            DType.I8,
            DType.U8,
            DType.BOOL);

    private static final int ALIGNMENT = 8;
    private static final int MAX_WRITE = 1 << 20; // the JDK copies heap memory through a native buffer of this size

    private final Map<String, Item> items = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();

    /**
     * Adds a text under {@code __metadata__}; libraries for PyTorch expect {@code format} to be {@code pt}.
     *
     * @return this writer
     */
    public SafetensorsWriter metadata(String name, String text) {
        metadata.put(name, text);
        return this;
    }

    /**
     * Adds a tensor.
     *
     * @return this writer
     * @throws IllegalArgumentException when the name is taken or reserved
     */
    public SafetensorsWriter add(String name, Tensor tensor) {
        return add(name, tensor.dtype(), tensor.shape(), () -> tensor);
    }

    /**
     * Adds a tensor that is created only when it is written, and not kept.
     *
     * @return this writer
     * @throws IllegalArgumentException when the name is taken or reserved
     */
    public SafetensorsWriter add(String name, DType dtype, Shape shape, Supplier<Tensor> tensor) {
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("safetensors: the name __metadata__ is reserved, rename the tensor");
        }
        if (items.putIfAbsent(name, new Item(name, dtype, shape, tensor)) != null) {
            throw new IllegalArgumentException("safetensors: a name may be added once, got '" + name + "' again");
        }
        return this;
    }

    /**
     * Adds all parameters under their names, each in its own type.
     *
     * @return this writer
     * @throws IllegalArgumentException when a name is taken or reserved
     */
    public SafetensorsWriter add(Parameters parameters) {
        for (String name : parameters.names()) {
            add(name, parameters.dtype(name), parameters.shape(name), () -> parameters.tensor(name));
        }
        return this;
    }

    /**
     * Writes the file, replacing an existing one atomically after all bytes have reached the disk.
     *
     * @param target file in an existing folder
     * @throws IOException when writing fails; the target is then unchanged
     * @throws IllegalArgumentException when the header exceeds the format's limit of 100 MB
     */
    public void write(Path target) throws IOException {
        List<Item> ordered = new ArrayList<>(items.values());
        ordered.sort(Comparator.comparingInt(item -> TYPE_ORDER.indexOf(item.dtype())));
        byte[] header = header(ordered);
        AtomicFile.write(target, channel -> {
            writeAll(
                    channel,
                    ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, header.length));
            writeAll(channel, ByteBuffer.wrap(header));
            for (Item item : ordered) {
                writeAll(channel, item.make().buffer());
            }
        });
    }

    private byte[] header(List<Item> ordered) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (var entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (Item item : ordered) {
                offset = item.writeHeader(json, offset);
            }
            json.writeEndObject();
        }
        while (out.size() % ALIGNMENT != 0) {
            out.write(' ');
        }
        if (out.size() > JsonReader.MAX_BYTES) {
            throw new IllegalArgumentException("safetensors: the header may take " + JsonReader.MAX_BYTES
                    + " bytes, got " + out.size() + "; write fewer tensors or less metadata");
        }
        return out.toByteArray();
    }

    private static void writeAll(FileChannel channel, ByteBuffer data) throws IOException {
        int end = data.limit();
        while (data.position() < end) {
            data.limit(Math.min(end, data.position() + MAX_WRITE));
            channel.write(data);
        }
    }

    private record Item(String name, DType dtype, Shape shape, Supplier<Tensor> tensor) {
        Tensor make() {
            Tensor made = tensor.get();
            if (made.dtype() != dtype || !made.shape().equals(shape)) {
                throw new IllegalStateException("safetensors: tensor '" + name + "' was announced as " + dtype + " "
                        + shape + ", its supplier gave " + made);
            }
            return made;
        }

        long writeHeader(JsonGenerator json, long offset) throws IOException {
            long end = Math.addExact(offset, Math.multiplyExact(shape.size(), (long) dtype.bytes()));
            json.writeObjectFieldStart(name);
            json.writeStringField("dtype", dtype.name());
            json.writeFieldName("shape");
            json.writeArray(shape.toArray(), 0, shape.rank());
            json.writeFieldName("data_offsets");
            json.writeArray(new long[] {offset, end}, 0, 2);
            json.writeEndObject();
            return end;
        }
    }
}
