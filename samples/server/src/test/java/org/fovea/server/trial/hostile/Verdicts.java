package org.fovea.server.trial.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges answers to hostile requests and counts them. Thread-safe. */
final class Verdicts {
    private static final Pattern STATUS = Pattern.compile("(?:^|[}\n>])HTTP/1\\.[01] ([0-9]{3})");
    private static final Pattern LEAK = Pattern.compile(
            "\\tat [a-z]|Exception|java\\.|org\\.eclipse|org\\.fovea|io\\.javalin|com\\.fasterxml|jetty|/root/|/tmp/|/home/|/proc/[0-9]|\\.m2/"
                    + "|target/classes|root:x:",
            Pattern.CASE_INSENSITIVE);
    private static final int SHOWN = 300;
    private static final int UNAVAILABLE = 503;
    private static final int CLIENT_FAULT = 400;
    private static final int SERVER_FAULT = 500;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();

    /** Judges what came back. */
    synchronized void add(int number, HostileRequest request, String answer) {
        List<Integer> statuses = statuses(answer);
        String first = statuses.isEmpty() ? "closed" : statuses.get(0).toString();
        counts.merge(first, 1, Integer::sum);
        boolean fault = statuses.stream().anyMatch(status -> status >= SERVER_FAULT && status != UNAVAILABLE);
        if (fault) {
            find(number, request, "a fault of the server", answer);
        }
        leak(request, answer).ifPresent(text -> find(number, request, "an answer that tells", text));
        if (statuses.isEmpty() && !answer.isEmpty()) {
            find(number, request, "an answer that is no HTTP", answer);
        }
        if (statuses.size() == 1 && statuses.get(0) >= CLIENT_FAULT && !isExplained(answer)) {
            find(number, request, "an error without its text", answer);
        }
    }

    /** Returns true for an answer with a text, or without any body, as after HEAD. */
    private static boolean isExplained(String answer) {
        return answer.contains("{\"error\":\"") || answer.endsWith("\r\n\r\n");
    }

    private static List<Integer> statuses(String answer) {
        List<Integer> out = new ArrayList<>();
        Matcher status = STATUS.matcher(answer);
        while (status.find()) {
            out.add(Integer.parseInt(status.group(1)));
        }
        return out;
    }

    /** The part of an answer that tells of the inside, unless the request has said it. */
    private static Optional<String> leak(HostileRequest request, String answer) {
        if (answer.contains("application/openmetrics") || answer.contains("jvm_memory")) {
            return Optional.empty(); // names of the metrics
        }
        String asked = new String(request.bytes(), StandardCharsets.ISO_8859_1);
        Matcher leak = LEAK.matcher(answer);
        while (leak.find()) {
            if (!asked.contains(leak.group())) {
                return Optional.of(answer.substring(Math.max(0, leak.start() - SHOWN / 2)));
            }
        }
        return Optional.empty();
    }

    /** Notes something that must not be. */
    synchronized void find(int number, HostileRequest request, String what, String answer) {
        findings.add("request " + number + " (" + request.kind() + "): " + what + ": "
                + answer.substring(0, Math.min(SHOWN, answer.length())).replaceAll("\\p{Cntrl}+", " | "));
    }

    synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    /** Number of requests by the first status of their answer. */
    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }
}
