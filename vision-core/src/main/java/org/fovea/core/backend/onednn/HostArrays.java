package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/** The memory of a loop's views as Java buffers, bounds-checked. */
final class HostArrays {
    private final ByteBuffer[] buffers;

    HostArrays(List<View> views, MemoryBases bases) {
        buffers = views.stream().map(v -> bytes(v, bases)).toArray(ByteBuffer[]::new);
    }

    static ByteBuffer bytes(View view, MemoryBases bases) {
        return NativeAddress.bytes(view.address(bases), view.count() * view.type().bytes);
    }

    ByteBuffer bytes(int view) {
        return buffers[view];
    }

    FloatBuffer floats(int view) {
        return buffers[view].asFloatBuffer();
    }

    IntBuffer ints(int view) {
        return buffers[view].asIntBuffer();
    }
}
