package org.fovea.server.trial.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Sends more requests than a running server's queue holds and looks whether it says so and recovers: {@code OverloadProgram PORT
 * MODEL FOLDER CONNECTIONS [SECONDS]}, with more connections than its {@code --queue}. It ends with 1 where it does not.
 */
public final class OverloadProgram {
    private static final int USUAL_SECONDS = 20;
    private static final double NANOS = 1e9;
    private static final int TOO_MANY = 429;
    private static final int OK = 200;
    private static final int AFTERWARDS = 20;

    private OverloadProgram() {}

    /** Runs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        PhotoRequests requests = PhotoRequests.of(Path.of(args[2]), args[1]);
        int seconds = args.length > 4 ? Integer.parseInt(args[4]) : USUAL_SECONDS;
        long begin = System.nanoTime();
        Tally tally = new LoadRun(port, requests, Integer.parseInt(args[3])).run(Duration.ofSeconds(seconds));
        long end = System.nanoTime();
        System.out.println(tally.text((end - begin) / NANOS));
        List<Tally.Failure> others = tally.failures().stream()
                .filter(failure -> !failure.text().matches("(?s)429 Retry-After: [1-9][0-9]* \\{\"error\".*"))
                .toList();
        others.stream()
                .limit(3)
                .forEach(failure -> System.out.println("not a 429 with Retry-After: " + failure.text()));
        int recovered = recovered(port, requests);
        System.out.println(recovered + " of " + AFTERWARDS + " requests afterwards are answered, in "
                + Math.round((System.nanoTime() - end) / NANOS / AFTERWARDS * 1000) + " ms each on average");
        System.exit(others.isEmpty() && tally.count(TOO_MANY) > 0 && recovered == AFTERWARDS ? 0 : 1);
    }

    private static int recovered(int port, PhotoRequests requests) throws IOException {
        int out = 0;
        try (Connection connection = new Connection(port)) {
            for (int i = 0; i < AFTERWARDS; i++) {
                out += connection.send(requests.next()).status() == OK ? 1 : 0;
            }
        }
        return out;
    }
}
