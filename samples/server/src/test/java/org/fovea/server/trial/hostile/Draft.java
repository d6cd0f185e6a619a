package org.fovea.server.trial.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request in parts, so that one of them can be made wrong.
 *
 * @param line method and target
 * @param type content type; empty for none
 * @param headers further lines
 */
record Draft(String line, String type, List<String> headers, byte[] body) {
    static Draft get(String path) {
        return new Draft("GET " + path, "", List.of(), new byte[0]);
    }

    static Draft post(String path, String type, byte[] body) {
        return new Draft("POST " + path, type, List.of(), body);
    }

    Draft withLine(String other) {
        return new Draft(other, type, headers, body);
    }

    Draft withType(String other) {
        return new Draft(line, other, headers, body);
    }

    Draft withHeaders(String... others) {
        return new Draft(line, type, List.of(others), body);
    }

    Draft withBody(byte[] other) {
        return new Draft(line, type, headers, other);
    }

    /** The bytes, with the true length of the body. */
    byte[] bytes() {
        return bytes("Content-Length: " + body.length);
    }

    /** The bytes, with another line in the place of the body's length. */
    byte[] bytes(String length) {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append(length).append("\r\n\r\n");
        return join(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] out = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }
}
