package org.fovea.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are wrong get a status of 4xx and a text that helps. */
class WrongRequestsTest {
    private static final byte[] SCENE = TestClient.image("scene.png");
    private static final int MOST_BYTES = 200_000;

    private static FoveaServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start(TestServer.options()
                .withLimits(new ServerOptions.Limits(MOST_BYTES, 1_000_000, 16, Duration.ofMinutes(1))));
        client = new TestClient(server);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void assertError(int status, String text, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        String error = TestClient.json(response).get("error").asText();
        assertTrue(error.contains(text), error);
        assertFalse(error.contains("org.fovea") || error.contains("\tat "), error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/classify?top_k=0            | top_k must be a whole number
            /v1/classify?topk=3             | did you mean "top_k"
            /v1/classify?attention=perhaps  | attention must be true, false
            /v1/classify?model=nuclei       | is of the task segment
            /v1/caption?beams=1000          | beams must be a whole number from 1 to 16
            /v1/caption?count=3             | num_return_sequences
            /v1/caption?max_new_tokens=900  | positions
            /v1/caption?temperature=NaN     | temperature must be a number
            /v1/segment?format=gif          | format must be masks or map
            /v1/segment?points=%5B%5B1,2%5D%5D | points is for a SAM
            /v1/ask                         | question must be given
            /v1/ask?question=%20            | question
            /v1/ask?question=a&question=b   | question must be given once
            """)
    void parametersAreChecked(String path, String text) {
        assertError(400, text, client.post(path, "image/png", SCENE));
    }

    @Test
    void imagesAreChecked() {
        assertError(
                400,
                "must be a JPEG",
                client.post("/v1/classify", "image/png", "no image".getBytes(StandardCharsets.UTF_8)));
        assertError(400, "empty", client.post("/v1/classify", "image/png", new byte[0]));
        assertError(400, "the image", client.post("/v1/caption", "image/png", Arrays.copyOf(SCENE, 20_000)));
    }

    @Test
    void anImageOfTooManyPixelsIsNotDecoded() {
        assertError(400, "pixels", client.post("/v1/segment", "image/png", bomb(60_000)));
    }

    /** A PNG file whose header claims a square of that side. */
    private static byte[] bomb(int side) {
        ByteBuffer out = ByteBuffer.allocate(8 + 25);
        out.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(side)
                .putInt(side)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 sum = new CRC32();
        sum.update(header);
        out.putInt(13).put(header).putInt((int) sum.getValue());
        return out.array();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        assertError(413, "at most " + MOST_BYTES, client.post("/v1/classify", "image/png", new byte[MOST_BYTES + 1]));
        HttpRequest.BodyPublisher chunks = HttpRequest.BodyPublishers.ofInputStream(
                () -> new java.io.ByteArrayInputStream(new byte[MOST_BYTES + 1])); // of no known length
        assertError(
                413,
                "at most " + MOST_BYTES,
                client.send(client.request("/v1/classify").POST(chunks)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                   | JSON
            []                                  | must be a JSON object
            {"inputs": 3}                       | inputs must be an image
            {"inputs": "!!!"}                   | base64
            {"input": ""}                       | must have the members inputs
            {"inputs": "", "inputs": ""}        | JSON
            {"inputs": {"question": "x"}}       | inputs must be an image
            """)
    void jsonIsChecked(String body, String text) {
        assertError(400, text, client.post("/v1/ask", "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void deepJsonIsRefused() {
        assertError(
                400,
                "JSON",
                client.post("/v1/ask", "application/json", "[".repeat(50_000).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void formsAreChecked() {
        assertError(400, "boundary", client.post("/v1/classify", "multipart/form-data", SCENE));
        assertError(400, "form", client.post("/v1/classify", "multipart/form-data; boundary=x", SCENE));
        assertError(415, "multipart/form-data", client.post("/v1/classify", "text/plain", SCENE));
    }

    @Test
    void routesAndModelsThatAreNotThereAre404() {
        assertError(404, "no such route", client.get("/v1/nothing"));
        assertError(400, "cannot be read as HTTP", client.get("/page/../../etc/passwd"));
        assertError(404, "no such route", client.get("/page/%2e%2e%5cpasswd"));
        assertError(404, "did you mean \"nuclei\"", client.post("/v1/segment?model=nucli", "image/png", SCENE));
        assertError(404, "no model", client.get("/v2/models/nothing"));
        assertError(405, "another method", client.get("/v1/classify"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                       | inputs must be an array
            {"inputs": [{"name": "image"}]}                                                           | name, shape, datatype
            {"inputs": [{"name": "x", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}             | inputs must be of
            {"inputs": [{"name": "image", "shape": [2], "datatype": "BYTES", "data": ["a"]}]}         | as many values
            {"inputs": [{"name": "image", "shape": [1], "datatype": "FP32", "data": [1]}]}            | image must be BYTES
            {"inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": [1]}]}           | of strings
            {"inputs": [{"name": "pixel_values", "shape": [1, 3], "datatype": "FP32", "data": [1, 2, 3]}]} | must be FP32 of the shape
            """)
    void inferenceRequestsAreChecked(String body, String text) {
        assertError(
                400,
                text,
                client.post("/v2/models/cifar10/infer", "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aTokenIsAskedForWhereThereIsOne() {
        try (FoveaServer guarded =
                TestServer.start(TestServer.options("cifar10").withToken("open sesame"))) {
            TestClient other = new TestClient(guarded);
            assertError(401, "Authorization: Bearer", other.post("/v1/classify", "image/png", SCENE));
            assertError(401, "Authorization: Bearer", other.get("/v1/models"));
            assertError(401, "Authorization: Bearer", other.get("/metrics"));
            assertError(401, "Authorization: Bearer", other.get("/v1/nothing"));
            assertError(
                    401,
                    "Bearer",
                    other.send(other.request("/v1/models").header("Authorization", "Bearer open sesam")));
            for (String free : new String[] {"/", "/ping", "/v2/health/live", "/v2/health/ready", "/openapi.json"}) {
                assertEquals(200, other.get(free).statusCode(), free);
            }
            HttpResponse<String> let =
                    other.send(other.request("/v1/models").header("Authorization", "Bearer open sesame"));
            assertEquals(200, let.statusCode());
        }
    }

    @Test
    void pagesOfOtherSitesAndNamesThatPointHereAreRefused() {
        assertError(403, "--cors", client.send(client.request("/v1/models").header("Origin", "https://example.org")));
        assertEquals(
                200,
                client.send(client.request("/v1/models").header("Origin", "http://127.0.0.1:" + server.port()))
                        .statusCode());
    }

    @Test
    void pagesOfOtherOriginsAreLetInOnlyWhereThatIsAskedFor() {
        assertTrue(client.get("/v1/models")
                .headers()
                .firstValue("Access-Control-Allow-Origin")
                .isEmpty());
        try (FoveaServer open =
                TestServer.start(TestServer.options("cifar10").withOrigins(java.util.List.of("https://example.org")))) {
            TestClient other = new TestClient(open);
            HttpResponse<String> answer =
                    other.send(other.request("/v1/models").header("Origin", "https://example.org"));
            assertEquals(
                    "https://example.org",
                    answer.headers().firstValue("Access-Control-Allow-Origin").orElse("none"));
        }
    }
}
