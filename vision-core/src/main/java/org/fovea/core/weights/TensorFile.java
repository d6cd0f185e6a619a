package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.tensor.Tensor;

/**
 * A file of named tensors, open for reading. Its directory of tensors is checked wholly on opening; elements are read
 * when asked for: {@link #tensor} maps them without a copy, {@link #readFloats} copies them.
 *
 * <p>Thread-safe. The file must not be written to while it is open: of a mapped tensor whose file is cut afterwards, no
 * Java code can prevent the fault.
 */
abstract sealed class TensorFile implements AutoCloseable permits SafetensorsFile, TorchFile {
    private static final int STAGING_BYTES = 1 << 18;

    private final DataFile file;
    private final Map<String, TensorInfo> tensors;
    private final AtomicReference<ByteBuffer> spareStaging = new AtomicReference<>();

    TensorFile(DataFile file, Map<String, TensorInfo> tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    /** Path from which the file was opened. */
    public Path path() {
        return file.path();
    }

    /** The names of all tensors, sorted. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * Type, shape and position of a tensor.
     *
     * @throws IllegalArgumentException when there is no such tensor
     */
    public TensorInfo info(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new IllegalArgumentException(
                    path() + ": no tensor '" + name + "' among its " + names().size() + "; see names()");
        }
        return info;
    }

    /**
     * Tensor in its stored type: a read-only view of the mapped file if the elements are contiguous and aligned to their size,
     * else a copy outside the heap. It stays valid after {@link #close}.
     *
     * @throws IllegalArgumentException when there is no such tensor
     * @throws org.fovea.core.ModelFormatException when it exceeds 2 GiB, or the file has been truncated since
     * @throws IllegalStateException after {@link #close}
     */
    public Tensor tensor(String name) {
        TensorInfo info = info(name);
        intByteCount(name, info.byteCount());
        return Tensor.wrap(info.dtype(), info.shape(), elements(name, info));
    }

    /**
     * Fills the target with a tensor's elements from {@code fromElement} on, converted to float32.
     *
     * @throws IllegalArgumentException when there is no such tensor, or fewer elements remain than the target has room for
     * @throws org.fovea.core.ModelFormatException when the file has been truncated since it was opened
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
            int bytes = (int) Math.min(STAGING_BYTES, file.length());
            staging = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        int elementBytes = info.dtype().bytes();
        for (long from = fromElement; target.hasRemaining(); ) {
            int count = Math.min(target.remaining(), staging.capacity() / elementBytes);
            elements(name, info, from, staging.clear().limit(count * elementBytes));
            Floats.convert(info.dtype(), staging.flip(), target);
            from += count;
        }
        spareStaging.set(staging);
    }

    /** Closes the file; tensors already returned stay valid. */
    @Override
    public void close() {
        file.close();
    }

    /** All bytes of a tensor in row-major order, mapped or copied outside the heap. */
    ByteBuffer elements(String name, TensorInfo info) {
        int bytes = (int) info.byteCount();
        if (info.begin() % info.dtype().bytes() == 0) {
            return file.map(info.begin(), bytes);
        }
        ByteBuffer data = ByteBuffer.allocateDirect(bytes);
        file.read(info.begin(), data);
        return data.flip();
    }

    /** Fills the target with a tensor's bytes in row-major order, from an element on. */
    void elements(String name, TensorInfo info, long fromElement, ByteBuffer target) {
        file.read(info.begin() + fromElement * info.dtype().bytes(), target);
    }

    DataFile file() {
        return file;
    }

    /** Checks that bytes fit in one buffer. */
    int intByteCount(String name, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw FormatErrors.tensor(
                    path(),
                    name,
                    "one tensor in memory takes at most 2 GiB",
                    bytes + " bytes",
                    "Read it in parts, or save it in a smaller type.");
        }
        return (int) bytes;
    }
}
