package org.fovea.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many requests at once, slow ones, and the end of a server. */
class LoadTest {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    /** Takes a segmenter long enough to meet others. */
    private static byte[] large;

    @BeforeAll
    static void draw() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1024, 1024, BufferedImage.TYPE_INT_RGB), "png", file);
        large = file.toByteArray();
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    private static CompletableFuture<HttpResponse<String>> later(TestClient client, String path, byte[] image) {
        return CompletableFuture.supplyAsync(() -> client.post(path, "image/png", image), THREADS);
    }

    @Test
    void oneRequestTooManyIsToldToComeBackAndTheOthersAreAnswered() {
        ServerOptions.Limits limits = new ServerOptions.Limits(1 << 20, 10_000_000, 1, Duration.ofMinutes(1));
        try (FoveaServer server = TestServer.start(TestServer.options("nuclei").withLimits(limits))) {
            TestClient client = new TestClient(server);
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(later(client, "/v1/segment?format=map", large));
            }
            int refused = 0;
            for (CompletableFuture<HttpResponse<String>> each : all) {
                HttpResponse<String> answer = each.join();
                if (answer.statusCode() == 429) {
                    refused++;
                    assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
                } else {
                    assertEquals(200, answer.statusCode(), answer.body());
                }
            }
            assertTrue(refused > 0 && refused < 6, "refused " + refused);
            assertEquals(
                    200,
                    client.post("/v1/segment?format=map", "image/png", large).statusCode());
        }
    }

    @Test
    void requestsAtOnceHaveTheAnswersOfRequestsByThemselves() {
        byte[] cat = TestClient.image("cat.jpg");
        byte[] scene = TestClient.image("scene.png");
        try (FoveaServer server =
                TestServer.start(TestServer.options("cifar10").withBatch(4, Duration.ofMillis(200)))) {
            TestClient client = new TestClient(server);
            String catAlone = label(client.post("/v1/classify", "image/jpeg", cat));
            String sceneAlone = label(client.post("/v1/classify", "image/png", scene));
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(later(client, "/v1/classify", i % 3 == 0 ? scene : cat));
            }
            for (int i = 0; i < 24; i++) {
                assertEquals(
                        i % 3 == 0 ? sceneAlone : catAlone, label(all.get(i).join()));
            }
        }
    }

    private static String label(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return TestClient.json(answer).get(0).get("label").asText();
    }

    @Test
    void aSlowBodyHoldsNobodyUp() throws IOException {
        try (FoveaServer server = TestServer.start(TestServer.options("cifar10"))) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 300; i++) { // more than there are threads
                Socket socket = new Socket("127.0.0.1", server.port());
                socket.getOutputStream()
                        .write(("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                                        + "Content-Length: 1000\r\n\r\nabc")
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            TestClient client = new TestClient(server);
            assertEquals("cat", label(client.post("/v1/classify", "image/jpeg", TestClient.image("cat.jpg"))));
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void requestsOfClientsThatHungUpAreNotComputed() throws IOException {
        try (FoveaServer server = TestServer.start(TestServer.options("nuclei"))) {
            TestClient client = new TestClient(server);
            CompletableFuture<HttpResponse<String>> first = later(client, "/v1/segment?format=map", large);
            while (server.isIdle()) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 5; i++) {
                try (Socket socket = new Socket("127.0.0.1", server.port())) {
                    socket.getOutputStream()
                            .write(("POST /v1/segment HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                            + "Content-Length: " + large.length + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(large);
                }
            }
            assertEquals(200, first.join().statusCode());
            assertEquals(
                    200,
                    client.post("/v1/segment?format=map", "image/png", large).statusCode());
            String computed = client.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("fovea_requests_computed_total"))
                    .findFirst()
                    .orElseThrow();
            double count = Double.parseDouble(computed.substring(computed.lastIndexOf(' ')));
            assertTrue(count < 7, computed);
        }
    }

    @Test
    void closingAnswersWhatIsUnderWay() {
        FoveaServer server = TestServer.start(TestServer.options("nuclei"));
        TestClient client = new TestClient(server);
        CompletableFuture<HttpResponse<String>> answer = later(client, "/v1/segment?format=map", large);
        while (server.isIdle() && !answer.isDone()) {
            Thread.onSpinWait();
        }
        server.close();
        assertEquals(200, answer.join().statusCode(), answer.join().body());
        assertThrows(UncheckedIOException.class, () -> client.get("/ping"));
        server.close();
    }

    @Test
    void aModelThatCannotBeLoadedSaysWhy() {
        ServerOptions options = TestServer.options("cifar10");
        List<org.fovea.server.model.ModelSource> models = new ArrayList<>(options.models());
        models.add(org.fovea.server.model.ModelSource.folder("broken", java.nio.file.Path.of("there-is-none")));
        try (FoveaServer server = TestServer.start(options.withModels(models))) {
            TestClient client = new TestClient(server);
            assertEquals(200, client.get("/v2/health/ready").statusCode());
            HttpResponse<String> answer = client.form("/v2/models/broken/infer", new byte[1], Map.of());
            assertEquals(422, client.get("/v2/models/broken/ready").statusCode());
            assertEquals(400, answer.statusCode(), answer.body());
            String listing = client.get("/v1/models").body();
            assertTrue(listing.contains("\"state\":\"failed\"") && listing.contains("config.json"), listing);
        }
    }
}
