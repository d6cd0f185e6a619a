package org.fovea.server.trial.hostile;

import java.io.IOException;
import org.fovea.server.trial.ProcessUsage;
import org.fovea.server.trial.hostile.HostileRequest.Manner;

/**
 * Sends hostile requests to a running {@code fovea serve} of the shipped models and prints what it found:
 * {@code HostileProgram PORT PID [COUNT [SEED]]}. It ends with 1 where it found something.
 */
public final class HostileProgram {
    private static final int USUAL_COUNT = 10_000;
    private static final int THREADS = 48;
    private static final int PATIENCE_MILLIS = 5000;
    private static final int WARM_UP = 4;
    private static final int SILENT = 16;
    private static final double GROWTH = 1.2;
    private static final int FEW_FILES = 20;

    private final int port;
    private final long pid;
    private final Verdicts verdicts = new Verdicts();

    private HostileProgram(int port, long pid) {
        this.port = port;
        this.pid = pid;
    }

    /** Runs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        HostileProgram program = new HostileProgram(Integer.parseInt(args[0]), Long.parseLong(args[1]));
        int count = args.length > 2 ? Integer.parseInt(args[2]) : USUAL_COUNT;
        long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
        System.exit(program.run(count, new HostileRequests(seed)) ? 0 : 1);
    }

    private boolean run(int count, HostileRequests requests) throws IOException, InterruptedException {
        usage("at the start");
        send(requests, 0, count / WARM_UP);
        ProcessUsage half = send(requests, count / WARM_UP, count / 2);
        send(requests, count / 2, count);
        new HostileRun(port, number -> requests.get(number).sent(Manner.SILENT), SILENT, PATIENCE_MILLIS, verdicts)
                .send(0, SILENT);
        ProcessUsage end = usage("at the end");
        boolean flat =
                end.residentMegabytes() <= half.residentMegabytes() * GROWTH && end.files() <= half.files() + FEW_FILES;
        System.out.println("first statuses: " + verdicts.counts());
        verdicts.findings().forEach(System.out::println);
        System.out.println(
                verdicts.findings().size() + " findings, memory and files are " + (flat ? "flat" : "GROWING"));
        return flat && verdicts.findings().isEmpty();
    }

    private ProcessUsage send(HostileRequests requests, int from, int to) throws IOException, InterruptedException {
        new HostileRun(port, requests::get, THREADS, PATIENCE_MILLIS, verdicts).send(from, to);
        Soundness.check(port);
        return usage("after " + to);
    }

    private ProcessUsage usage(String when) throws IOException, InterruptedException {
        ProcessUsage now = ProcessUsage.collected(pid);
        System.out.println(when + ": " + now);
        return now;
    }
}
