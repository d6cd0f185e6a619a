package org.fovea.server.trial.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Requests to a server on this machine over several connections, each with one request at a time.
 *
 * @param connections at once
 */
record LoadRun(int port, PhotoRequests requests, int connections) {
    private static final long PAUSE_MILLIS = 20;
    private static final long LAST_MINUTES = 3;

    /** Sends for a while. */
    Tally run(Duration time) throws InterruptedException {
        return run(time, () -> {});
    }

    /**
     * Sends for a while.
     *
     * @param meanwhile done by the calling thread
     */
    Tally run(Duration time, Runnable meanwhile) throws InterruptedException {
        Tally tally = new Tally();
        long end = System.nanoTime() + time.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        for (int i = 0; i < connections; i++) {
            pool.execute(() -> send(tally, end));
        }
        meanwhile.run();
        pool.shutdown();
        if (!pool.awaitTermination(time.toMinutes() + LAST_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("LoadRun: the server must answer what was sent, got requests that hang");
        }
        return tally;
    }

    private void send(Tally tally, long end) {
        while (System.nanoTime() < end) {
            try (Connection connection = new Connection(port)) {
                while (System.nanoTime() < end) {
                    long begin = System.nanoTime();
                    tally.answered(connection.send(requests.next()), begin, System.nanoTime());
                }
            } catch (IOException e) {
                tally.failed(e, System.nanoTime());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
