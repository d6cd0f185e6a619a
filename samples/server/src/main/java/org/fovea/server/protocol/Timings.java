package org.fovea.server.protocol;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.fovea.server.queue.Ticket;

/**
 * Milliseconds of a request.
 *
 * @param decode time of decoding and preprocessing the image
 * @param queue time of waiting for the model
 * @param compute time of the model, for the whole batch
 */
public record Timings(double decode, double queue, double compute) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double THOUSAND = 1e3;

    static Timings of(long decodeNanos, Ticket<?> ticket) {
        return new Timings(millis(decodeNanos), millis(ticket.waitedNanos()), millis(ticket.computedNanos()));
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * THOUSAND) / THOUSAND;
    }

    /** Timings as JSON. */
    public Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("decode", decode);
        out.put("queue", queue);
        out.put("compute", compute);
        return out;
    }

    /** Value of the header {@code Server-Timing}. */
    public String header() {
        return json().entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s;dur=%s", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
    }
}
