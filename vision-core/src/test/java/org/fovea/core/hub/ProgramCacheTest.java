package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProgramCacheTest {
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

    /** A program that only says when it is closed. */
    private class Logged implements Program {
        private final int key;

        Logged(int key) {
            this.key = key;
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            return inputs;
        }

        @Override
        public ProgramSession openSession() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ProgramSession openSession(ProgramSession copied) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            log.add("close " + key);
            if (key < 0) {
                throw new IllegalStateException("cannot close " + key);
            }
        }
    }

    @Test
    void getCompilesEachKeyOnce() {
        ProgramCache<Integer> cache = new ProgramCache<>("Model", key -> {
            log.add("compile " + key);
            return new Logged(key);
        });
        Program one = cache.get(1);
        assertSame(one, cache.get(1));
        cache.get(2);
        assertEquals(List.of("compile 1", "compile 2"), List.copyOf(log));
    }

    @Test
    void forgetsThoseThatRanLongestAgo() {
        ProgramCache<Integer> cache = new ProgramCache<>("Model", 2, key -> {
            log.add("compile " + key);
            return new Logged(key);
        });
        for (int key : new int[] {1, 2, 1, 3, 1, 2}) {
            cache.run(key, Map.of());
        }
        assertEquals(
                List.of("compile 1", "compile 2", "compile 3", "close 2", "compile 2", "close 3"), List.copyOf(log));
        cache.close();
        assertEquals(List.of("close 1", "close 2"), List.copyOf(log).subList(6, 8));
    }

    /** While 1 runs, 2 and 3 come and go; 4 stays because it was asked for. */
    @Test
    void forgetsNoneThatRunsOrWasAskedFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ProgramCache<Integer> cache = new ProgramCache<>("Model", 1, key -> new Logged(key) {
            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs) {
                if (key == 1) {
                    begun.countDown();
                    await(mayEnd);
                }
                return inputs;
            }
        });
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> cache.run(1, Map.of()));
        begun.await();
        cache.run(2, Map.of());
        cache.run(3, Map.of());
        cache.get(4);
        assertEquals(List.of("close 2", "close 3"), List.copyOf(log));
        mayEnd.countDown();
        running.get();
        cache.run(5, Map.of());
        assertEquals(List.of("close 2", "close 3", "close 1", "close 5"), List.copyOf(log));
    }

    @Test
    void slowCompilationHoldsUpNoOtherKey() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ProgramCache<Integer> cache = new ProgramCache<>("Model", key -> {
            if (key == 8) {
                begun.countDown();
                await(mayEnd);
            }
            return new Logged(key);
        });
        CompletableFuture<Program> slow = CompletableFuture.supplyAsync(() -> cache.get(8));
        begun.await();
        CompletableFuture<Program> second = new CompletableFuture<>();
        Thread waiter = new Thread(() -> second.complete(cache.get(8)));
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) { // a get after the close would be refused
            Thread.onSpinWait();
        }
        cache.get(1); // would wait for ever
        CompletableFuture<Void> closing = CompletableFuture.runAsync(cache::close);
        assertThrows(java.util.concurrent.TimeoutException.class, () -> closing.get(50, TimeUnit.MILLISECONDS));
        mayEnd.countDown();
        closing.get();
        assertSame(slow.get(), second.get());
        assertTrue(log.containsAll(List.of("close 1", "close 8")), log.toString());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void failedCompilationIsTriedAgain() {
        ProgramCache<Integer> cache = new ProgramCache<>("Model", key -> {
            log.add("compile");
            if (log.size() == 1) {
                throw new OutOfMemoryError("once");
            }
            return new Logged(key);
        });
        assertThrows(OutOfMemoryError.class, () -> cache.get(1));
        assertSame(cache.get(1), cache.get(1));
    }

    @Test
    void closeClosesAllThoughOneFails() {
        ProgramCache<Integer> cache = new ProgramCache<>("Model", Logged::new);
        List.of(-1, 1, -2, 2).forEach(cache::get);
        String message = assertThrows(IllegalStateException.class, cache::close).getMessage();
        assertTrue(message.startsWith("Model: a program did not close"), message);
        assertTrue(log.containsAll(List.of("close -1", "close 1", "close -2", "close 2")), log.toString());
        cache.close();
        String closed =
                assertThrows(IllegalStateException.class, () -> cache.get(1)).getMessage();
        assertEquals("Model: must be open to be used, got a closed one", closed);
    }
}
