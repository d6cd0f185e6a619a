package org.fovea.server.trial.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Kills a server under load and starts it again: {@code RestartProgram PORT MODEL FOLDER CONNECTIONS SECONDS COMMAND…}, where the
 * command is that of the server at that port. It ends with 1 where requests fail while the server is ready.
 */
public final class RestartProgram {
    private static final double NANOS = 1e9;
    private static final byte[] READY =
            "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int OK = 200;
    private static final long POLL_MILLIS = 10;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final int port;
    private final List<String> command;
    private Process server;
    private long killed;
    private long ready;

    private RestartProgram(int port, List<String> command) {
        this.port = port;
        this.command = command;
    }

    /** Runs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PhotoRequests requests = PhotoRequests.of(Path.of(args[2]), args[1]);
        int port = Integer.parseInt(args[0]);
        RestartProgram program = new RestartProgram(port, Arrays.asList(args).subList(5, args.length));
        Duration time = Duration.ofSeconds(Integer.parseInt(args[4]));
        System.exit(program.run(new LoadRun(port, requests, Integer.parseInt(args[3])), time) ? 0 : 1);
    }

    private boolean run(LoadRun load, Duration time) throws InterruptedException {
        double first = start();
        Tally tally = load.run(time, () -> killAndStart(time.dividedBy(3)));
        server.destroy();
        System.out.println(tally.text(time.toSeconds()));
        System.out.printf(
                Locale.ROOT,
                "start to ready %.2f s; killed, and ready again after %.2f s under load%n",
                first,
                (ready - killed) / NANOS);
        List<Tally.Failure> wrong = tally.failures().stream()
                .filter(failure -> failure.at() < killed || failure.at() > ready)
                .toList();
        System.out.println(
                tally.failures().size() + " requests failed, " + wrong.size() + " of them while it was ready");
        wrong.stream()
                .limit(3)
                .forEach(failure -> System.out.printf(
                        Locale.ROOT, "%.3f s after ready: %s%n", (failure.at() - ready) / NANOS, failure.text()));
        return wrong.isEmpty() && tally.good() > 0;
    }

    private void killAndStart(Duration after) {
        try {
            Thread.sleep(after.toMillis());
            killed = System.nanoTime();
            server.destroyForcibly().waitFor();
            start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the server and waits until it is ready; the result is how many seconds that took. */
    private double start() throws InterruptedException {
        long begin = System.nanoTime();
        try {
            server = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "RestartProgram: the command must be one that starts, got " + command, e);
        }
        while (!isReady()) {
            if (System.nanoTime() - begin > PATIENCE) {
                throw new IllegalStateException("RestartProgram: the server must become ready, got none at " + port);
            }
            Thread.sleep(POLL_MILLIS);
        }
        ready = System.nanoTime();
        return (ready - begin) / NANOS;
    }

    private boolean isReady() {
        try (Connection connection = new Connection(port)) {
            return connection.send(READY).status() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
