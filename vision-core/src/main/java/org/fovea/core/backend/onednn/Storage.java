package org.fovea.core.backend.onednn;

import org.bytedeco.javacpp.Pointer;

/**
 * A piece of native memory: a place in each run's arena, known by its lifetime in steps; memory of the program itself that
 * all runs share and only read; or a state, which every session has elsewhere.
 */
final class Storage {
    final long bytes;
    private static final int NO_SLOT = -1;
    private final Pointer shared;
    private final int slot;
    int firstStep = Integer.MAX_VALUE;
    int lastStep = -1;
    long arenaOffset = -1;

    private Storage(long bytes, Pointer shared, int slot) {
        this.bytes = bytes;
        this.shared = shared;
        this.slot = slot;
    }

    static Storage temporary(long bytes) {
        return new Storage(bytes, null, NO_SLOT);
    }

    static Storage shared(Pointer memory, long bytes) {
        return new Storage(bytes, memory, NO_SLOT);
    }

    /** Creates the storage of the state at a slot of a session. */
    static Storage state(int slot, long bytes) {
        return new Storage(bytes, null, slot);
    }

    boolean isShared() {
        return shared != null;
    }

    boolean isState() {
        return slot != NO_SLOT;
    }

    void usedAt(int step) {
        firstStep = Math.min(firstStep, step);
        lastStep = Math.max(lastStep, step);
    }

    /** Address of the memory in a run. */
    long address(MemoryBases bases) {
        if (isState()) {
            return bases.states()[slot];
        }
        return isShared() ? shared.address() : bases.arena() + arenaOffset;
    }
}
