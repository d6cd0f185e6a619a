package org.fovea.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The memory of bodies has a bound, whatever many clients send. */
class BodiesTest {
    private static final int BODY = 1 << 20;
    private static final int MEMORY = 4 * BODY;
    /** Three bodies and as much free as each of them holds; a fourth finds no room. */
    private static final int FIT = 3;

    private static final int CLIENTS = 40;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static FoveaServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        ServerOptions.Limits limits = new ServerOptions.Limits(BODY, MEMORY, 1_000_000, 16, Duration.ofMinutes(1));
        server = TestServer.start(TestServer.options("cifar10").withLimits(limits));
        client = new TestClient(server);
    }

    @AfterAll
    static void close() {
        server.close();
        THREADS.shutdownNow();
    }

    /** A client that sends a body in two parts. */
    private static final class Sender {
        private final Socket socket;

        Sender(int announced) {
            try {
                socket = new Socket("127.0.0.1", server.port());
                write(("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                                + "Connection: close\r\nContent-Length: " + announced + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Sender write(byte... bytes) {
            try {
                socket.getOutputStream().write(bytes);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String answer() {
            try (socket) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void hangUp() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A request's memory comes back a moment after its answer. */
    private static void awaitNoBodies() {
        long end = System.nanoTime() + 60_000_000_000L;
        while (server.bodyBytes() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(0, server.bodyBytes());
    }

    private static String classOfCat() {
        var answer = client.post("/v1/classify", "image/jpeg", TestClient.image("cat.jpg"));
        assertEquals(200, answer.statusCode(), answer.body());
        return TestClient.json(answer).get(0).get("label").asText();
    }

    @Test
    void manyLargeBodiesStayWithinTheMemoryAndSmallOnesGoOn() {
        List<CompletableFuture<Sender>> sending = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            sending.add(CompletableFuture.supplyAsync(() -> new Sender(BODY).write(new byte[BODY - 1]), THREADS));
        }
        while (!sending.stream().allMatch(CompletableFuture::isDone)) {
            assertTrue(server.bodyBytes() <= MEMORY, "held " + server.bodyBytes());
        }
        assertEquals("cat", classOfCat());
        assertTrue(server.bodyBytes() > BODY && server.bodyBytes() <= MEMORY, "held " + server.bodyBytes());
        String metrics = client.get("/metrics").body();
        assertTrue(metrics.contains("fovea_body_bytes "), metrics);
        List<String> answers = sending.stream()
                .map(CompletableFuture::join)
                .map(sender -> sender.write((byte) 0).answer())
                .toList();
        List<String> refused = answers.stream()
                .filter(answer -> answer.startsWith("HTTP/1.1 503"))
                .toList();
        assertEquals(CLIENTS - FIT, refused.size(), answers.toString());
        refused.forEach(answer -> assertTrue(
                answer.contains("Retry-After: 1\r\n")
                        && answer.contains("{\"error\":")
                        && answer.contains("--body-memory"),
                answer));
        assertEquals(
                FIT, // which are no images
                answers.stream()
                        .filter(answer -> answer.startsWith("HTTP/1.1 400"))
                        .count());
        awaitNoBodies();
        assertEquals(
                400, client.post("/v1/classify", "image/jpeg", new byte[BODY]).statusCode());
    }

    @Test
    void clientsThatHangUpGiveTheirMemoryBack() {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            senders.add(new Sender(BODY).write(new byte[BODY / 4]));
        }
        long end = System.nanoTime() + 60_000_000_000L;
        while (server.bodyBytes() < BODY && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(server.bodyBytes() >= BODY, "held " + server.bodyBytes());
        senders.forEach(Sender::hangUp);
        awaitNoBodies();
    }

    @Test
    void aMemoryForLessThanTwoBodiesIsRefused() {
        ServerOptions.Limits limits = ServerOptions.Limits.defaults();
        String text = assertThrows(
                        IllegalArgumentException.class, () -> limits.withBodyMemory(2 * limits.bodyBytes() - 1))
                .getMessage();
        assertTrue(text.contains("twice bodyBytes") && text.contains("41943039"), text);
    }
}
