package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.fovea.core.tensor.Tensor;

/**
 * A safetensors file, open for reading; the header is checked wholly on opening, tensors are read when asked for.
 *
 * <p>Thread-safe. Two ways lead to the elements: {@link #tensor} maps them without a copy, {@link #read} and
 * {@link #readFloats} copy them into the caller's memory without touching mapped pages, which keeps resident memory low
 * and cannot fault when another process cuts the file. The file must not be written to while it is open: of a mapped
 * tensor whose file is cut afterwards, no Java code can prevent the fault.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final int STAGING_BYTES = 1 << 18;

    private final DataFile file;
    private final SafetensorsHeader header;
    private final AtomicReference<ByteBuffer> spareStaging = new AtomicReference<>();

    private SafetensorsFile(DataFile file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws org.fovea.core.ModelFormatException when the file cannot be read or breaks a rule of the format
     */
    public static SafetensorsFile open(Path path) {
        DataFile file = new DataFile(path);
        try {
            return new SafetensorsFile(file, SafetensorsHeader.read(file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The path the file was opened by. */
    public Path path() {
        return file.path();
    }

    /** The names of all tensors, sorted. */
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /** The texts under {@code __metadata__}, sorted by name; empty where there are none. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Type, shape and place of a tensor.
     *
     * @throws IllegalArgumentException when there is no such tensor
     */
    public TensorInfo info(String name) {
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw new IllegalArgumentException(
                    path() + ": no tensor '" + name + "' among its " + names().size() + "; see names()");
        }
        return info;
    }

    /**
     * A tensor in the type it is stored in: a read-only view of the mapped file where the elements are aligned to their
     * size, else a copy outside the heap. It stays valid after {@link #close}.
     *
     * @throws IllegalArgumentException when there is no such tensor
     * @throws org.fovea.core.ModelFormatException when it takes more than 2 GiB, or the file has been cut since
     * @throws IllegalStateException after {@link #close}
     */
    public Tensor tensor(String name) {
        TensorInfo info = info(name);
        int bytes = intByteCount(name, info);
        boolean aligned = info.begin() % info.dtype().bytes() == 0;
        ByteBuffer data;
        if (aligned) {
            data = file.map(info.begin(), bytes);
        } else {
            data = ByteBuffer.allocateDirect(bytes);
            file.read(info.begin(), data);
            data.flip();
        }
        return Tensor.wrap(info.dtype(), info.shape(), data);
    }

    /**
     * Copies the stored bytes of a tensor, little-endian, and advances the target by as many.
     *
     * @param target with room for {@link TensorInfo#byteCount} bytes
     * @throws IllegalArgumentException when there is no such tensor, or no room for it
     * @throws org.fovea.core.ModelFormatException when the file has been cut since it was opened
     * @throws IllegalStateException after {@link #close}
     */
    public void read(String name, ByteBuffer target) {
        TensorInfo info = info(name);
        if (target.remaining() < info.byteCount()) {
            throw new IllegalArgumentException(path() + ": tensor '" + name + "' takes " + info.byteCount()
                    + " bytes, got a buffer with room for " + target.remaining());
        }
        int limit = target.limit();
        target.limit(target.position() + (int) info.byteCount());
        try {
            file.read(info.begin(), target);
        } finally {
            target.limit(limit);
        }
    }

    /**
     * Fills the target with the stored bytes of a tensor from {@code fromByte} on, so that a large tensor can pass
     * through a small buffer.
     *
     * @throws IllegalArgumentException when there is no such tensor, or it has fewer bytes left than the target has
     *     room
     * @throws org.fovea.core.ModelFormatException when the file has been cut since it was opened
     * @throws IllegalStateException after {@link #close}
     */
    public void read(String name, long fromByte, ByteBuffer target) {
        TensorInfo info = info(name);
        if (fromByte < 0 || fromByte > info.byteCount() - target.remaining()) {
            throw new IllegalArgumentException(path() + ": tensor '" + name + "' has " + info.byteCount()
                    + " bytes, asked for " + target.remaining() + " from " + fromByte);
        }
        file.read(info.begin() + fromByte, target);
    }

    /**
     * Fills the target with a tensor's elements from {@code fromElement} on, converted to float32.
     *
     * @throws IllegalArgumentException when there is no such tensor, or it has fewer elements left than the target has
     *     room
     * @throws org.fovea.core.ModelFormatException when the file has been cut since it was opened
     * @throws IllegalStateException after {@link #close}
     */
    public void readFloats(String name, long fromElement, FloatBuffer target) {
        TensorInfo info = info(name);
        if (fromElement < 0 || fromElement > info.shape().size() - target.remaining()) {
            throw new IllegalArgumentException(path() + ": tensor '" + name + "' has "
                    + info.shape().size() + " elements, asked for " + target.remaining() + " from " + fromElement);
        }
        ByteBuffer staging = spareStaging.getAndSet(null);
        if (staging == null) {
            staging = ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        int elementBytes = info.dtype().bytes();
        long position = info.begin() + fromElement * elementBytes;
        while (target.hasRemaining()) {
            int bytes = Math.min(target.remaining(), STAGING_BYTES / elementBytes) * elementBytes;
            file.read(position, staging.clear().limit(bytes));
            Floats.convert(info.dtype(), staging.flip(), target);
            position += bytes;
        }
        spareStaging.set(staging);
    }

    /** Closes the file; tensors already handed out stay valid. */
    @Override
    public void close() {
        file.close();
    }

    private int intByteCount(String name, TensorInfo info) {
        if (info.byteCount() > Integer.MAX_VALUE) {
            throw Faults.tensor(
                    path(),
                    name,
                    "one tensor in memory takes at most 2 GiB",
                    info.byteCount() + " bytes",
                    "Read it in parts, or save it in a smaller type.");
        }
        return (int) info.byteCount();
    }
}
