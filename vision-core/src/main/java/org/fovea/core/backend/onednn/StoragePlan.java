package org.fovea.core.backend.onednn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Places temporary storages in one arena so that those alive at the same step do not overlap. */
final class StoragePlan {
    private static final long ALIGNMENT = 128;

    private StoragePlan() {}

    /** Sets every storage's offset and returns the size of the arena: largest first, each at the lowest free offset. */
    static long place(Collection<Storage> temporaries) {
        List<Storage> bySize = new ArrayList<>(temporaries);
        bySize.removeIf(s -> s.lastStep < 0);
        bySize.sort(Comparator.comparingLong((Storage s) -> -s.bytes).thenComparingInt(s -> s.firstStep));
        List<Storage> placed = new ArrayList<>();
        long arena = 0;
        for (Storage storage : bySize) {
            storage.arenaOffset = lowestFree(storage, placed);
            arena = Math.max(arena, storage.arenaOffset + aligned(storage.bytes));
            placed.add(storage);
            placed.sort(Comparator.comparingLong(s -> s.arenaOffset));
        }
        return arena;
    }

    private static long lowestFree(Storage storage, List<Storage> placedByOffset) {
        long offset = 0;
        for (Storage other : placedByOffset) {
            boolean together = other.firstStep <= storage.lastStep && storage.firstStep <= other.lastStep;
            if (together) {
                if (offset + aligned(storage.bytes) <= other.arenaOffset) {
                    break;
                }
                offset = Math.max(offset, other.arenaOffset + aligned(other.bytes));
            }
        }
        return offset;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
