package org.fovea.server.trial.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.fovea.server.trial.ProcessUsage;

/**
 * Measures the requests that a running server answers in a second: {@code LoadProgram PORT PID MODEL FOLDER [CONNECTIONS
 * [SECONDS]]}, where the folder's files are the images. It ends with 1 where one was not answered with a result.
 */
public final class LoadProgram {
    private static final int USUAL_CONNECTIONS = 64;
    private static final int USUAL_SECONDS = 60;
    private static final double NANOS = 1e9;
    private static final int WARM_UP = 10;
    private static final double MILLIS = 1000;

    private LoadProgram() {}

    /** Runs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        long pid = Long.parseLong(args[1]);
        int connections = args.length > 4 ? Integer.parseInt(args[4]) : USUAL_CONNECTIONS;
        int seconds = args.length > 5 ? Integer.parseInt(args[5]) : USUAL_SECONDS;
        LoadRun run = new LoadRun(port, PhotoRequests.of(Path.of(args[3]), args[2]), connections);
        run.run(Duration.ofSeconds(Math.min(WARM_UP, seconds)));
        System.out.println("warm: " + ProcessUsage.of(pid));
        int bad = 0;
        for (int half = 1; half <= 2; half++) {
            long begin = System.nanoTime();
            double work = ProcessUsage.of(pid).processorSeconds();
            Tally tally = run.run(Duration.ofSeconds(seconds).dividedBy(2));
            System.out.println(tally.text((System.nanoTime() - begin) / NANOS));
            ProcessUsage now = ProcessUsage.of(pid);
            System.out.printf(
                    Locale.ROOT,
                    "half %d: %s, %.2f ms of a core a request%n",
                    half,
                    now,
                    (now.processorSeconds() - work) * MILLIS / tally.good());
            tally.failures().stream().limit(1).forEach(failure -> System.out.println(failure.text()));
            bad += tally.failures().size();
        }
        System.exit(bad == 0 ? 0 : 1);
    }
}
