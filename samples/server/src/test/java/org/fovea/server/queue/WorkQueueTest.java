package org.fovea.server.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Doubles numbers. */
    private record Doubling(String kind, int most) implements Batch<Integer, Integer> {
        @Override
        public List<Integer> compute(List<Integer> inputs) {
            return inputs.stream().map(n -> 2 * n).toList();
        }
    }

    /** A queue whose thread is held until it is let go, with the sizes of its batches. */
    private static final class Held implements AutoCloseable {
        final List<Integer> sizes = new CopyOnWriteArrayList<>();
        final WorkQueue queue;
        private final CountDownLatch held = new CountDownLatch(1);

        Held(int capacity, Duration delay) throws InterruptedException {
            queue = new WorkQueue("test", capacity, delay, sizes::add);
            CountDownLatch begun = new CountDownLatch(1);
            queue.submit(Work.single(() -> {
                begun.countDown();
                return await();
            }));
            begun.await();
        }

        private boolean await() {
            try {
                held.await();
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        }

        void letGo() {
            held.countDown();
        }

        @Override
        public void close() {
            letGo();
            queue.close();
        }
    }

    @Test
    void equalBatchesAreComputedTogetherUpToTheirSize() throws InterruptedException {
        try (Held held = new Held(100, Duration.ZERO)) {
            List<Ticket<Integer>> tickets = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Doubling kind = new Doubling(i % 2 == 0 ? "even" : "odd", 3);
                tickets.add(held.queue.submit(new Work<>(kind, i)).orElseThrow());
            }
            held.letGo();
            for (int i = 0; i < 7; i++) {
                assertEquals(2 * i, tickets.get(i).get());
            }
            assertEquals(List.of(1, 3, 3, 1), held.sizes); // the held one, 0 2 4, 1 3 5, 6
        }
    }

    @Test
    void aBatchWaitsForWorkThatIsAnnounced() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        try (WorkQueue queue = new WorkQueue("test", 100, LONG, sizes::add)) {
            WorkQueue.Announced coming = queue.announce();
            Ticket<Integer> first =
                    queue.submit(new Work<>(new Doubling("", 2), 1)).orElseThrow();
            Ticket<Integer> second =
                    queue.submit(new Work<>(new Doubling("", 2), 2)).orElseThrow();
            assertEquals(2, first.get());
            assertEquals(4, second.get());
            coming.close();
            assertEquals(List.of(2), sizes);
            Ticket<Integer> alone =
                    queue.submit(new Work<>(new Doubling("", 2), 3)).orElseThrow();
            assertEquals(6, alone.get()); // at once, for no other is announced
        }
    }

    @Test
    void aBatchDoesNotWaitWhileOtherWorkDoes() throws InterruptedException {
        try (Held held = new Held(100, LONG)) {
            WorkQueue.Announced coming = held.queue.announce();
            Ticket<Integer> first =
                    held.queue.submit(new Work<>(new Doubling("one", 2), 1)).orElseThrow();
            held.queue.submit(Work.single(() -> 0)).orElseThrow();
            held.letGo();
            assertTrue(first.await(LONG.toMillis() / 2)); // although another is announced
            assertEquals(2, first.get());
            assertEquals(List.of(1, 1), held.sizes.subList(0, 2));
            coming.close();
        }
    }

    @Test
    void aFullQueueTakesNoWorkUntilSomeIsGivenUp() throws InterruptedException {
        try (Held held = new Held(1, Duration.ZERO)) {
            Ticket<Integer> waiting =
                    held.queue.submit(new Work<>(new Doubling("", 1), 1)).orElseThrow();
            assertTrue(held.queue.isFull());
            assertTrue(held.queue.submit(new Work<>(new Doubling("", 1), 2)).isEmpty());
            waiting.cancel();
            assertEquals(0, held.queue.depth()); // what it holds is free at once
            Ticket<Integer> next =
                    held.queue.submit(new Work<>(new Doubling("", 1), 3)).orElseThrow();
            held.letGo();
            assertEquals(6, next.get());
            assertEquals(List.of(1, 1), held.sizes); // that which was given up is not computed
        }
    }

    @Test
    void aFailureIsThatOfItsBatchAlone() {
        try (WorkQueue queue = new WorkQueue("test", 100, Duration.ZERO, size -> {})) {
            Ticket<Integer> wrong = queue.submit(Work.<Integer>single(() -> {
                        throw new IllegalArgumentException("no");
                    }))
                    .orElseThrow();
            assertThrows(IllegalArgumentException.class, wrong::get);
            assertEquals(
                    2,
                    queue.submit(new Work<>(new Doubling("", 1), 1))
                            .orElseThrow()
                            .get());
        }
    }

    @Test
    void closingDoesTheWorkThatWaits() throws InterruptedException {
        Held held = new Held(100, Duration.ZERO);
        Ticket<Integer> waiting =
                held.queue.submit(new Work<>(new Doubling("", 1), 21)).orElseThrow();
        held.close();
        assertEquals(42, waiting.get());
        assertThrows(IllegalStateException.class, () -> held.queue.submit(new Work<>(new Doubling("", 1), 1)));
    }
}
