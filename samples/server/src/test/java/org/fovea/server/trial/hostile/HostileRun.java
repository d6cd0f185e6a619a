package org.fovea.server.trial.hostile;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Sends hostile requests to a server, several at once.
 *
 * @param requests by number
 * @param threads connections at once
 * @param patienceMillis time after which a client says that it sends no more
 */
record HostileRun(int port, IntFunction<HostileRequest> requests, int threads, int patienceMillis, Verdicts verdicts) {
    private static final long HOURS = 5;

    /** Sends the requests of some numbers. */
    void send(int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                    send(number);
                }
            });
        }
        pool.shutdown();
        if (!pool.awaitTermination(HOURS, TimeUnit.HOURS)) {
            throw new IllegalStateException("HostileRun: the requests did not end within " + HOURS + " hours");
        }
    }

    private void send(int number) {
        HostileRequest request = requests.apply(number);
        try {
            verdicts.add(number, request, Exchange.send(port, request, patienceMillis));
        } catch (IOException e) {
            verdicts.find(number, request, String.valueOf(e.getMessage()), "");
        }
    }
}
