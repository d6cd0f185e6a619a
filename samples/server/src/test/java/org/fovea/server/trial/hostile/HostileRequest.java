package org.fovea.server.trial.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A request as bytes on a connection.
 *
 * @param kind for reports
 */
record HostileRequest(String kind, byte[] bytes, Manner manner) {
    /** The way in which a request is sent. */
    enum Manner {
        /** At once; the answer is read. */
        WHOLE,
        /** In pieces with pauses; the answer is read. */
        DRIBBLED,
        /** At once; the connection is closed before the answer. */
        ABANDONED,
        /** At once; the connection is reset before the answer. */
        RESET,
        /** At once; the client then waits until the server closes. */
        SILENT
    }

    static HostileRequest whole(String kind, byte[] bytes) {
        return new HostileRequest(kind, bytes, Manner.WHOLE);
    }

    static HostileRequest whole(String kind, String text) {
        return whole(kind, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HostileRequest sent(Manner other) {
        return new HostileRequest(kind + ", " + other.name().toLowerCase(Locale.ROOT), bytes, other);
    }
}
