package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoragePlanTest {
    private static Storage alive(long bytes, int first, int last) {
        Storage storage = Storage.temporary(bytes);
        storage.usedAt(first);
        storage.usedAt(last);
        return storage;
    }

    @Test
    void placeGivesMemoryToTheNextWhenItIsFree() {
        List<Storage> chain = List.of(alive(1024, 0, 1), alive(1024, 1, 2), alive(1024, 2, 3), alive(1024, 3, 4));
        assertEquals(2048, StoragePlan.place(chain), "two neighbors at a time");
    }

    @Test
    void placeNeverOverlapsWhatIsAliveTogether() {
        Random random = new Random(5);
        List<Storage> storages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int first = random.nextInt(100);
            storages.add(alive(1 + random.nextInt(5000), first, first + random.nextInt(12)));
        }
        long arena = StoragePlan.place(storages);
        for (Storage a : storages) {
            assertTrue(a.arenaOffset >= 0 && a.arenaOffset + a.bytes <= arena);
            for (Storage b : storages) {
                boolean together = a != b && a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;
                boolean apart = a.arenaOffset + a.bytes <= b.arenaOffset || b.arenaOffset + b.bytes <= a.arenaOffset;
                assertTrue(!together || apart);
            }
        }
    }
}
