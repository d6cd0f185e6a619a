package org.fovea.server.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedCacheTest {
    private final List<String> freed = new ArrayList<>();
    private final WeightedCache<String> cache = new WeightedCache<>(100, freed::add);

    @Test
    void theLeastRecentlyUsedIsDropped() {
        cache.put("a", "first", 40);
        cache.put("b", "second", 40);
        assertEquals("first", cache.get("a").orElseThrow());
        cache.put("c", "third", 40);
        assertEquals(List.of("second"), freed);
        assertTrue(cache.get("b").isEmpty());
    }

    @Test
    void aReplacedResultIsFreedAndItsBytesNoLongerCount() {
        cache.put("a", "old", 90);
        cache.put("a", "new", 50);
        cache.put("b", "other", 50);
        assertEquals(List.of("old"), freed);
        assertEquals("new", cache.get("a").orElseThrow());
    }

    @Test
    void clearingFreesAll() {
        cache.put("a", "one", 1);
        cache.clear();
        assertEquals(List.of("one"), freed);
        assertTrue(cache.get("a").isEmpty());
    }
}
