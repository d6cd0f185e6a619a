package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/** The memory of a loop's views as Java buffers, bounds-checked. */
final class HostArrays {
    private final ByteBuffer[] buffers;

    HostArrays(List<View> views, long arena) {
        buffers = views.stream().map(v -> bytes(v, arena)).toArray(ByteBuffer[]::new);
    }

    static ByteBuffer bytes(View view, long arena) {
        return NativeAddress.bytes(view.address(arena), view.count() * view.type().bytes);
    }

    FloatBuffer floats(int view) {
        return buffers[view].asFloatBuffer();
    }

    IntBuffer ints(int view) {
        return buffers[view].asIntBuffer();
    }
}
