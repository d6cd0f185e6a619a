package org.fovea.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.ImageClassifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocols of other servers, and the description of all routes. */
class ProtocolsTest {
    private static final double ROUNDING = 1e-5;
    private static final byte[] CAT = TestClient.image("cat.jpg");
    private static final byte[] SCENE = TestClient.image("scene.png");

    private static FoveaServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start(TestServer.options());
        client = new TestClient(server);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static JsonNode infer(String model, Object request) {
        HttpResponse<String> response = client.postJson("/v2/models/" + model + "/infer", request);
        assertEquals(200, response.statusCode(), response.body());
        return TestClient.json(response);
    }

    private static Map<String, Object> tensor(String name, String datatype, List<Integer> shape, List<?> data) {
        return Map.of("name", name, "datatype", datatype, "shape", shape, "data", data);
    }

    private static Map<String, Object> images(byte[]... files) {
        List<String> data = new ArrayList<>();
        for (byte[] file : files) {
            data.add(TestClient.base64(file));
        }
        return tensor("image", "BYTES", List.of(files.length), data);
    }

    @Test
    void imagesAndTheirPixelsGiveTheLogitsOfTheFacade() {
        Tensor pixels;
        float[] expected;
        try (ImageClassifier classifier = ImageClassifier.shipped("cifar10")) {
            pixels = classifier.processor().process(ImageDecoder.create().decode(CAT, "the test's image"));
            expected = classifier.logits(pixels).toFloats();
        }
        List<Float> values = new ArrayList<>();
        for (float value : pixels.toFloats()) {
            values.add(value);
        }
        List<Integer> shape = List.of(1, 3, 32, 32);
        for (Map<String, Object> input : List.of(images(CAT), tensor("pixel_values", "FP32", shape, values))) {
            JsonNode answer = infer("cifar10", Map.of("id", "42", "inputs", List.of(input)));
            assertEquals("42", answer.get("id").asText());
            JsonNode logits = answer.get("outputs").get(0);
            assertEquals("[1,10]", logits.get("shape").toString());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], logits.get("data").get(i).asDouble(), ROUNDING);
            }
            assertEquals("cat", answer.get("outputs").get(2).get("data").get(0).asText());
        }
    }

    @Test
    void outputsAreChosen() {
        JsonNode answer = infer(
                "cifar10", Map.of("inputs", List.of(images(CAT, SCENE)), "outputs", List.of(Map.of("name", "label"))));
        assertEquals(1, answer.get("outputs").size());
        assertEquals(2, answer.get("outputs").get(0).get("data").size());
    }

    @Test
    void everyTaskHasItsTensors() {
        JsonNode caption = infer("scenes-captioner", Map.of("inputs", List.of(images(SCENE, SCENE))));
        JsonNode texts = caption.get("outputs").get(0);
        assertEquals("generated_text", texts.get("name").asText());
        assertEquals(texts.get("data").get(0), texts.get("data").get(1));
        Map<String, Object> question = tensor("question", "BYTES", List.of(1), List.of("what color is the cross?"));
        JsonNode answer = infer("scenes-answerer", Map.of("inputs", List.of(images(SCENE), question)));
        assertEquals("yellow", answer.get("outputs").get(0).get("data").get(0).asText());
        JsonNode masks = infer("nuclei", Map.of("inputs", List.of(images(TestClient.image("nuclei.png")))));
        assertTrue(masks.get("outputs").get(0).get("data").get(0).asText().startsWith("iVBORw0KGgo"));
    }

    @Test
    void modelsSayWhatTheyTakeAndGive() {
        for (String path : List.of("/v2/models/cifar10", "/v2/models/cifar10/versions/1")) {
            JsonNode model = TestClient.json(client.get(path));
            assertEquals("[-1,3,32,32]", model.get("inputs").get(1).get("shape").toString());
            assertEquals("[-1,10]", model.get("outputs").get(0).get("shape").toString());
            assertEquals(200, client.get(path + "/ready").statusCode());
        }
        assertEquals("fovea", TestClient.json(client.get("/v2/")).get("name").asText());
        assertEquals(
                "Healthy", TestClient.json(client.get("/ping")).get("status").asText());
    }

    @Test
    void metricsCountWhatWasAnswered() {
        client.post("/v1/classify?model=trashnet", "image/jpeg", CAT);
        client.get("/v1/nothing");
        for (String line : List.of(
                "fovea_http_requests_seconds_count{route=\"/v1/classify\",status=\"200\"}",
                "fovea_http_requests_seconds_count{route=\"none\",status=\"404\"}",
                "fovea_requests_computed_total{model=\"trashnet\"} 1.0",
                "fovea_queue_requests{model=\"trashnet\"} 0.0",
                "jvm_memory_used_bytes")) {
            awaitMetric(line);
        }
    }

    /** A request is counted a moment after its answer. */
    private static void awaitMetric(String line) {
        long end = System.nanoTime() + 60_000_000_000L;
        String metrics = client.get("/metrics").body();
        while (!metrics.contains(line) && System.nanoTime() < end) {
            metrics = client.get("/metrics").body();
        }
        assertTrue(metrics.contains(line), line + " is not in " + metrics);
    }

    @Test
    void theDescriptionIsValidAndHasEveryRoute() {
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readContents(client.get("/openapi.json").body());
        assertEquals(List.of(), parsed.getMessages());
        OpenAPI api = parsed.getOpenAPI();
        assertNotNull(api);
        List<String> described = new ArrayList<>();
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().keySet().forEach(method -> described.add(method + " " + path)));
        assertEquals(
                server.routes().stream().sorted().toList(),
                described.stream().sorted().toList());
    }
}
