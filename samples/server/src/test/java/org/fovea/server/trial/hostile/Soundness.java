package org.fovea.server.trial.hostile;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A check that a server still does its work. */
final class Soundness {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern SCORE = Pattern.compile("\"score\":([0-9.E-]+)");

    private Soundness() {}

    /**
     * Classifies an image.
     *
     * @return the score of the best class
     * @throws IllegalStateException when the answer is none
     */
    static double check(int port) throws IOException {
        Draft draft = Draft.post("/v1/classify?model=cifar10&top_k=1", "image/png", SampleImages.ALL.get(0));
        String answer = Exchange.send(port, HostileRequest.whole("sound", draft.bytes()), PATIENCE_MILLIS);
        Matcher score = SCORE.matcher(answer);
        if (!answer.startsWith("HTTP/1.1 200") || !score.find()) {
            throw new IllegalStateException("a sound request must be answered, got \"" + answer + '"');
        }
        return Double.parseDouble(score.group(1));
    }
}
