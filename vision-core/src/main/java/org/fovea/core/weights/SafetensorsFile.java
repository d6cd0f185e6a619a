package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

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
public final class SafetensorsFile extends TensorFile {
    private final Map<String, String> metadata;

    private SafetensorsFile(DataFile file, SafetensorsHeader header) {
        super(file, header.tensors());
        this.metadata = header.metadata();
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

    /** Texts under {@code __metadata__}, sorted by name; empty if there are none. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Copies the stored bytes of a tensor, little-endian, and advances the target.
     *
     * @param target target with room for {@link TensorInfo#byteCount} bytes
     * @throws IllegalArgumentException when there is no such tensor, or not enough room for it
     * @throws org.fovea.core.ModelFormatException when the file has been truncated since it was opened
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
            file().read(info.begin(), target);
        } finally {
            target.limit(limit);
        }
    }

    /**
     * Fills the target with the stored bytes of a tensor from {@code fromByte} on, so that a large tensor can pass
     * through a small buffer.
     *
     * @throws IllegalArgumentException when there is no such tensor, or fewer bytes remain than the target has room for
     * @throws org.fovea.core.ModelFormatException when the file has been truncated since it was opened
     * @throws IllegalStateException after {@link #close}
     */
    public void read(String name, long fromByte, ByteBuffer target) {
        TensorInfo info = info(name);
        if (fromByte < 0 || fromByte > info.byteCount() - target.remaining()) {
            throw new IllegalArgumentException(path() + ": tensor '" + name + "' has " + info.byteCount()
                    + " bytes, asked for " + target.remaining() + " from " + fromByte);
        }
        file().read(info.begin() + fromByte, target);
    }
}
