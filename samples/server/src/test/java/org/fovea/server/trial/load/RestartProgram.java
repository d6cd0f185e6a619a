package org.fovea.server.trial.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Kills a server under load and starts it again: {@code RestartProgram PORT MODEL FOLDER CONNECTIONS SECONDS COMMAND…}, where the
 * command is that of the server at that port. It ends with 1 where requests fail while the server is ready.
 */
public final class RestartProgram {
    private static final int COMMAND = 5;
    private static final double NANOS = 1e9;
    private static final int SHOWN = 3;

    private final ServerProcess server;
    private long killed;
    private long ready;

    private RestartProgram(ServerProcess server) {
        this.server = server;
    }

    /** Runs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        PhotoRequests requests = PhotoRequests.of(Path.of(args[2]), args[1]);
        Duration time = Duration.ofSeconds(Integer.parseInt(args[4]));
        RestartProgram program =
                new RestartProgram(new ServerProcess(port, Arrays.asList(args).subList(COMMAND, args.length)));
        System.exit(program.run(new LoadRun(port, requests, Integer.parseInt(args[3])), time) ? 0 : 1);
    }

    private boolean run(LoadRun load, Duration time) throws InterruptedException {
        double first = server.start();
        Tally tally = load.run(time, () -> killAndStart(time.dividedBy(3)));
        server.stop();
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
                .limit(SHOWN)
                .forEach(failure -> System.out.printf(
                        Locale.ROOT, "%.3f s after ready: %s%n", (failure.at() - ready) / NANOS, failure.text()));
        return wrong.isEmpty() && tally.good() > 0;
    }

    private void killAndStart(Duration after) {
        try {
            Thread.sleep(after.toMillis());
            killed = System.nanoTime();
            server.kill();
            server.start();
            ready = System.nanoTime();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
