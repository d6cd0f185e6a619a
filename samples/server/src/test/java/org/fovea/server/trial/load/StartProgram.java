package org.fovea.server.trial.load;

import java.util.Arrays;
import java.util.Locale;

/** Measures the time from the start of a server to its readiness: {@code StartProgram PORT COMMAND…}, such as {@code 8080 ./fovea serve}. */
public final class StartProgram {
    private static final int STARTS = 5;

    private StartProgram() {}

    /** Runs. */
    public static void main(String[] args) throws InterruptedException {
        ServerProcess server =
                new ServerProcess(Integer.parseInt(args[0]), Arrays.asList(args).subList(1, args.length));
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            seconds[i] = server.start();
            server.stop();
            System.out.printf(Locale.ROOT, "ready after %.2f s%n", seconds[i]);
        }
        Arrays.sort(seconds);
        System.out.printf(Locale.ROOT, "median %.2f s%n", seconds[STARTS / 2]);
    }
}
