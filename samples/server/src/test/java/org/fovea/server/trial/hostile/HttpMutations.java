package org.fovea.server.trial.hostile;

import static org.fovea.server.trial.hostile.SoundRequests.one;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Mistakes in the form of a request: its first line, headers, lengths and chunks. */
final class HttpMutations {
    private static final List<String> METHODS = List.of(
            "TRACE",
            "CONNECT",
            "OPTIONS",
            "PUT",
            "DELETE",
            "PATCH",
            "HEAD",
            "PROPFIND",
            "get",
            "POST ",
            "",
            "G\0T",
            "PRI");
    private static final List<String> VERSIONS =
            List.of("HTTP/0.9", "HTTP/1.0", "HTTP/2.0", "HTTP/3", "HTTP/9.9", "HTTP/1.1 x", "http/1.1", "HTTP/", "");
    private static final List<String> LENGTHS = List.of(
            "Content-Length: -1",
            "Content-Length: 0",
            "Content-Length: 99999999999999999999",
            "Content-Length: 9223372036854775807",
            "Content-Length: 2147483648",
            "Content-Length: 30000000",
            "Content-Length: 5000",
            "Content-Length: 0x10",
            "Content-Length: 3\r\nContent-Length: 4",
            "Content-Length: 4\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: nonsense");
    private static final List<String> HEADERS = List.of(
            "Expect: 100-continue",
            "Expect: 417-nonsense",
            "Content-Encoding: gzip",
            "Accept: text/event-stream",
            "Accept: */*;q=9999, text/event-stream;;;",
            "Accept-Encoding: gzip;q=NaN, br",
            "Range: bytes=0-18446744073709551615",
            "If-None-Match: \"",
            "If-Modified-Since: yesterday",
            "Cookie: a=\"; $Version=1; \u0000",
            "Authorization: Basic !!!!",
            "Authorization: Bearer",
            "Host: other, another",
            "Host: a b:99999999",
            "X-Forwarded-For: ${jndi:ldap://127.0.0.1/a}",
            "X-HTTP-Method-Override: DELETE",
            "Origin: null",
            ": no name",
            "No-Colon",
            " folded: header",
            "Bad\u0000Name: x",
            "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: short");
    private static final List<String> CHUNKS = List.of(
            "zz\r\nabc\r\n0\r\n\r\n",
            "-1\r\nabc\r\n0\r\n\r\n",
            "ffffffffffffffffffff\r\nabc\r\n",
            "7fffffff\r\nabc\r\n",
            "3\r\nabcdef\r\n0\r\n\r\n",
            "3;ext=\"" + "x".repeat(20_000) + "\"\r\nabc\r\n0\r\n\r\n",
            "3\nabc\n0\n\n",
            "3\r\nabc\r\n0\r\nTrailer: x\r\nBad\u0000: y\r\n\r\n",
            "0\r\n\r\n0\r\n\r\n",
            "3\r\nabc",
            "\r\n\r\n");
    private static final int LONG = 100_000;

    private HttpMutations() {}

    static HostileRequest firstLine(SplittableRandom random) {
        String bytes = new String(SoundRequests.page(random).bytes(), StandardCharsets.ISO_8859_1);
        return HostileRequest.whole(
                "first line",
                switch (random.nextInt(4)) {
                    case 0 -> bytes.replaceFirst("GET", one(METHODS, random));
                    case 1 -> bytes.replaceFirst("HTTP/1.1", one(VERSIONS, random));
                    case 2 -> bytes.replaceFirst(" /", " /" + "a/".repeat(random.nextInt(LONG)));
                    default ->
                        "\r\n".repeat(random.nextInt(1000)) + bytes.replace("\r\n", random.nextBoolean() ? "\n" : "\r");
                });
    }

    static HostileRequest length(SplittableRandom random) {
        return HostileRequest.whole("length", SoundRequests.any(random).bytes(one(LENGTHS, random)));
    }

    static HostileRequest header(SplittableRandom random) {
        Draft draft = SoundRequests.any(random);
        return HostileRequest.whole(
                "header",
                (switch (random.nextInt(8)) {
                            case 0 -> draft.withHeaders("X-Long: " + "v".repeat(random.nextInt(LONG)));
                            case 1 ->
                                draft.withHeaders("X-Many: v\r\n"
                                        .repeat(random.nextInt(2000))
                                        .strip());
                            default -> draft.withHeaders(one(HEADERS, random), one(HEADERS, random));
                        })
                        .bytes());
    }

    static HostileRequest chunks(SplittableRandom random) {
        Draft draft = SoundRequests.any(random).withBody(one(CHUNKS, random).getBytes(StandardCharsets.ISO_8859_1));
        return HostileRequest.whole("chunks", draft.bytes("Transfer-Encoding: chunked"));
    }

    static HostileRequest pipeline(SplittableRandom random) {
        byte[] all = new byte[0];
        for (int i = 0; i < 2 + random.nextInt(6); i++) {
            all = Draft.join(all, SoundRequests.any(random).bytes());
        }
        return HostileRequest.whole("pipeline", random.nextBoolean() ? all : Damage.of(all, random));
    }

    static HostileRequest anyByte(SplittableRandom random) {
        return HostileRequest.whole(
                "any byte", Damage.of(SoundRequests.any(random).bytes(), random));
    }

    static HostileRequest noHttp(SplittableRandom random) {
        byte[] hello = {22, 3, 1, 0, 80, 1, 0, 0, 76, 3, 3};
        return HostileRequest.whole(
                "no HTTP",
                random.nextBoolean()
                        ? Damage.noise(1 + random.nextInt(5000), random)
                        : Draft.join(hello, Damage.noise(random.nextInt(200), random)));
    }
}
