package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fovea.core.image.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OrderedPipelineTest {
    private final List<String> seen = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();

    private static int doubled(int input) {
        if (input % 10 == 3) {
            throw new ImageException("number " + input, "ends in 3", null);
        }
        pause(input % 4); // later ones are ready earlier
        return 2 * input;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Integer> increased(List<Integer> batch) {
        batches.add(batch.size());
        return batch.stream().map(x -> x + 1).toList();
    }

    private void run(Iterable<Integer> inputs, int batch, Function<Integer, Integer> prepare) {
        try (OrderedPipeline<Integer, Integer> pipeline = OrderedPipeline.start(inputs, batch, prepare)) {
            pipeline.run(this::increased, outcome -> {
                String result = outcome instanceof Outcome.Failed<Integer, Integer> failed
                        ? failed.failure().problem()
                        : String.valueOf(outcome.get());
                seen.add(outcome.input() + ": " + result);
            });
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + ": " + (i % 10 == 3 ? "ends in 3" : String.valueOf(2 * i + 1)))
                .toList();
    }

    @Test
    void outcomesHaveTheOrderOfTheInputsAndBatchesAreFull() {
        run(numbers(100), 8, OrderedPipelineTest::doubled);
        assertEquals(expected(100), seen);
        assertEquals(90, batches.stream().mapToInt(i -> i).sum());
        assertTrue(batches.subList(0, 11).stream().allMatch(n -> n == 8), "all but the last one: " + batches);
    }

    @Test
    void inputsOfUnknownNumberGiveTheSame() {
        run(numbers(100)::iterator, 8, OrderedPipelineTest::doubled);
        assertEquals(expected(100), seen);
        run(List.of(), 8, OrderedPipelineTest::doubled);
        assertEquals(100, seen.size());
    }

    @Test
    void slowInputsAreNotHeldBack() {
        BlockingQueue<Integer> typed = new LinkedBlockingQueue<>(List.of(1));
        Iterable<Integer> inputs = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return seen.size() < 3;
            }

            @Override
            public Integer next() {
                try {
                    return typed.take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try (OrderedPipeline<Integer, Integer> pipeline = OrderedPipeline.start(inputs, 8, x -> x)) {
            pipeline.run(this::increased, outcome -> {
                seen.add(outcome.get().toString());
                typed.add(outcome.get()); // the next one is typed only when this one is answered
            });
        }
        assertEquals("2 3 4", seen.stream().limit(3).collect(Collectors.joining(" ")));
    }

    @Test
    void slowConsumerBoundsWhatIsInMemory() {
        AtomicInteger alive = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int batch = 2;
        try (OrderedPipeline<Integer, Integer> pipeline = OrderedPipeline.start(numbers(200), batch, x -> {
            most.accumulateAndGet(alive.incrementAndGet(), Math::max);
            return x;
        })) {
            pipeline.run(this::increased, outcome -> {
                pause(1);
                alive.decrementAndGet();
            });
        }
        int cores = Runtime.getRuntime().availableProcessors();
        assertTrue(most.get() <= 2 * batch + cores + 2, most + " of 200 were in memory at once");
    }

    @Test
    void errorOfAnyOtherKindEndsTheRun() {
        assertThrows(ArithmeticException.class, () -> run(numbers(100), 8, x -> 1 / (x - 40)));
        assertTrue(seen.size() <= 40 && seen.size() >= 32, seen.size() + " before input 40");
        assertThrows(
                IllegalStateException.class,
                () -> run(
                        () -> {
                            throw new IllegalStateException("no inputs");
                        },
                        8,
                        x -> x));
    }

    @Test
    void failingConsumerStopsThePreparation() {
        AtomicInteger prepared = new AtomicInteger();
        try (OrderedPipeline<Integer, Integer> pipeline =
                OrderedPipeline.start(numbers(10_000), 1, x -> prepared.incrementAndGet())) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> pipeline.run(this::increased, outcome -> {
                        throw new UnsupportedOperationException();
                    }));
        }
        int atClose = prepared.get();
        assertTrue(atClose < 100, atClose + " were prepared");
        pause(20);
        assertEquals(atClose, prepared.get(), "none is prepared after closing");
    }

    @Test
    void interruptEndsTheRun() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> run(numbers(100), 8, x -> x));
        assertTrue(Thread.interrupted(), "the flag is left set");
        assertFalse(seen.size() == 100);
    }
}
