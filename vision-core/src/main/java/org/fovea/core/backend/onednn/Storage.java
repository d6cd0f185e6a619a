package org.fovea.core.backend.onednn;

import org.bytedeco.javacpp.Pointer;

/**
 * A piece of native memory: either a place in each run's arena, known by its lifetime in steps, or memory of the program
 * itself that all runs share and only read.
 */
final class Storage {
    final long bytes;
    private final Pointer shared;
    int firstStep = Integer.MAX_VALUE;
    int lastStep = -1;
    long arenaOffset = -1;

    private Storage(long bytes, Pointer shared) {
        this.bytes = bytes;
        this.shared = shared;
    }

    static Storage temporary(long bytes) {
        return new Storage(bytes, null);
    }

    static Storage shared(Pointer memory, long bytes) {
        return new Storage(bytes, memory);
    }

    boolean isShared() {
        return shared != null;
    }

    void usedAt(int step) {
        firstStep = Math.min(firstStep, step);
        lastStep = Math.max(lastStep, step);
    }

    /** The address of the memory in a run whose arena starts at the given address. */
    long address(long arena) {
        return isShared() ? shared.address() : arena + arenaOffset;
    }
}
