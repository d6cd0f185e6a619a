package org.fovea.server.trial.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.server.trial.load.Connection.Answer;

/** Counts and times of answers. Thread-safe. */
final class Tally {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int OK = 200;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Long> nanos = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /**
     * A request without a result.
     *
     * @param at {@link System#nanoTime} when that was known
     */
    record Failure(long at, String text) {}

    synchronized void answered(Answer answer, long begin, long end) {
        counts.merge(Integer.toString(answer.status()), 1, Integer::sum);
        if (answer.status() == OK) {
            nanos.add(end - begin);
        } else {
            failures.add(
                    new Failure(end, answer.status() + " Retry-After: " + answer.retryAfter() + " " + answer.body()));
        }
    }

    synchronized void failed(Exception failure, long end) {
        counts.merge(failure.getClass().getSimpleName(), 1, Integer::sum);
        failures.add(new Failure(end, String.valueOf(failure.getMessage())));
    }

    /** Requests that were answered with a result. */
    synchronized int good() {
        return nanos.size();
    }

    synchronized int count(int status) {
        return counts.getOrDefault(Integer.toString(status), 0);
    }

    synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** The time within which this share of the requests had their results. */
    synchronized double millis(double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()))) / NANOS_PER_MILLI;
    }

    /** One line. */
    String text(double seconds) {
        return String.format(
                Locale.ROOT,
                "%.1f requests/s over %.1f s, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms; statuses %s",
                good() / seconds,
                seconds,
                millis(0.5),
                millis(0.9),
                millis(0.99),
                counts());
    }

    private synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }
}
