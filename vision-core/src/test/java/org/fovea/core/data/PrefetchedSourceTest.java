package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PrefetchedSourceTest {
    @Test
    void anEpochHasItsBatchesInOrderFromAnyOneOn() {
        try (PrefetchedSource<String> source =
                new PrefetchedSource<>(2, 9, 3, epoch -> number -> epoch + "." + number)) {
            List<String> seen = new ArrayList<>();
            try (BatchIterator<String> batches = source.batches(4, 6)) {
                batches.forEachRemaining(seen::add);
            }
            assertEquals(List.of("4.6", "4.7", "4.8"), seen);
        }
    }

    /** Also where a batch that it waits for was never begun. */
    @Test
    void anIteratorOfAClosedSourceFailsRatherThanWaits() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        PrefetchedSource<Integer> source = new PrefetchedSource<>(1, 3, 1, epoch -> number -> {
            begun.countDown();
            waitForClosing();
            return number;
        });
        BatchIterator<Integer> batches = source.batches(0, 0);
        begun.await();
        source.close();
        assertEquals(0, batches.next());
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThrows(IllegalStateException.class, batches::next));
    }

    private static void waitForClosing() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
