package org.fovea.core.backend.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A pointer to memory that somebody else owns. */
final class NativeAddress extends Pointer {
    NativeAddress(long address) {
        this.address = address;
    }

    /** Wraps the memory at an address as a buffer in native byte order; the owner frees it. */
    static ByteBuffer bytes(long address, long count) {
        BytePointer pointer = new BytePointer(new NativeAddress(address));
        return pointer.capacity(count).asByteBuffer().limit((int) count).order(ByteOrder.nativeOrder());
    }
}
