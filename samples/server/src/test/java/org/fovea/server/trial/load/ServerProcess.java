package org.fovea.server.trial.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as a process of its own. Not thread-safe. */
final class ServerProcess {
    private static final double NANOS = 1e9;
    private static final byte[] READY =
            "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int OK = 200;
    private static final long POLL_MILLIS = 10;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final int port;
    private final List<String> command;
    private Process process;

    /**
     * A server that does not run yet.
     *
     * @param port that the command lets it listen at
     */
    ServerProcess(int port, List<String> command) {
        this.port = port;
        this.command = List.copyOf(command);
    }

    /** Starts it and waits until it is ready; the result is how many seconds that took. */
    double start() throws InterruptedException {
        long begin = System.nanoTime();
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new IllegalArgumentException("ServerProcess: the command must be one that starts, got " + command, e);
        }
        while (!isReady()) {
            if (System.nanoTime() - begin > PATIENCE) {
                throw new IllegalStateException("ServerProcess: the server must become ready, got none at " + port);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - begin) / NANOS;
    }

    private boolean isReady() {
        try (Connection connection = new Connection(port)) {
            return connection.send(READY).status() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, and waits for that. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
