package org.fovea.server.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.server.FoveaServer;
import org.fovea.server.ServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers of a server of the shipped models are as the descriptions say: that of the Open Inference Protocol, and the server's own. */
class DescribedAnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OIP = "/v2/models/${MODEL_NAME}/versions/${MODEL_VERSION}";
    private static final List<String> MODELS =
            List.of("cifar10", "trashnet", "nuclei", "scenes-captioner", "scenes-answerer");
    private static final Map<String, Integer> PIXELS = Map.of("cifar10", 32, "trashnet", 96);
    private static final byte[] SCENE = resource("/scene.png");
    private static final String BOUNDARY = "a-boundary";

    private static FoveaServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = FoveaServer.start(ServerOptions.defaults().withAddress("127.0.0.1", 0));
        server.loaded().join();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static byte[] resource(String name) {
        try (InputStream in = DescribedAnswersTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private static HttpResponse<String> post(String path, String type, byte[] body) {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static byte[] bytes(Object json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(ApiDescription api, String operation, int status, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        assertEquals(status, answer.statusCode(), () -> operation + ": " + answer.body());
        JsonNode body = type.startsWith("application/json") ? json(answer) : null;
        assertEquals(List.of(), api.problems(operation, status, type, body), operation);
    }

    private static Map<String, Object> tensor(String name, String type, List<Integer> shape, List<?> data) {
        return Map.of("name", name, "datatype", type, "shape", shape, "data", data);
    }

    private static Map<String, Object> images(String model) {
        Map<String, Object> image =
                tensor("image", "BYTES", List.of(1), List.of(Base64.getEncoder().encodeToString(SCENE)));
        Map<String, Object> question = tensor("question", "BYTES", List.of(1), List.of("what color is the cross?"));
        return Map.of(
                "id", "42", "inputs", model.equals("scenes-answerer") ? List.of(image, question) : List.of(image));
    }

    private static Map<String, Object> pixels(int side) {
        List<Float> values = Collections.nCopies(3 * side * side, 0.5f);
        return Map.of("inputs", List.of(tensor("pixel_values", "FP32", List.of(1, 3, side, side), values)));
    }

    @Test
    void answersAreThoseOfTheOpenInferenceProtocol() throws IOException {
        ApiDescription api = new ApiDescription(
                new YAMLMapper().readTree(resource("/open-inference-protocol/open_inference_rest.yaml")));
        assertFalse(api.problems("get /v2/", 200, "application/json", JSON.createObjectNode())
                .isEmpty());
        check(api, "get /v2/health/live", 200, get("/v2/health/live"));
        check(api, "get /v2/health/ready", 200, get("/v2/health/ready"));
        check(api, "get /v2/", 200, get("/v2/"));
        check(api, "get /v2/", 200, get("/v2"));
        for (String model : MODELS) {
            for (String path : List.of("/v2/models/" + model, "/v2/models/" + model + "/versions/1")) {
                check(api, "get " + OIP, 200, get(path));
                check(api, "get " + OIP + "/ready", 200, get(path + "/ready"));
                checkInference(api, path, images(model), 200);
                checkInference(api, path, Map.of("inputs", List.of(tensor("x", "FP32", List.of(1), List.of(1)))), 400);
            }
        }
        for (Map.Entry<String, Integer> model : PIXELS.entrySet()) {
            checkInference(api, "/v2/models/" + model.getKey(), pixels(model.getValue()), 200);
        }
    }

    private static void checkInference(ApiDescription api, String path, Object request, int status) {
        String operation = "post " + OIP + "/infer";
        assertEquals(List.of(), api.requestProblems(operation, JSON.valueToTree(request)));
        check(api, operation, status, post(path + "/infer", "application/json", bytes(request)));
    }

    @Test
    void everyOperationAnswersAsTheServerDescribesIt() {
        ApiDescription api = new ApiDescription(json(get("/openapi.json")));
        Set<String> seen = new TreeSet<>();
        for (String operation : api.operations()) {
            for (String model : MODELS) {
                String path = operation
                        .substring(operation.indexOf('/'))
                        .replace("{model}", model)
                        .replace("{version}", "1");
                check(api, operation, 200, call(operation, path, model));
                seen.add(operation);
                if (!operation.contains("{model}")) {
                    break;
                }
            }
        }
        assertTrue(seen.size() > 15 && seen.contains("post /v1/caption"), seen::toString);
    }

    private static HttpResponse<String> call(String operation, String path, String model) {
        if (operation.startsWith("get ")) {
            return get(path);
        }
        return path.endsWith("/infer")
                ? post(path, "application/json", bytes(images(model)))
                : post(path + "?" + parameters(path), "image/png", SCENE);
    }

    private static String parameters(String path) {
        boolean asks = path.endsWith("ask") || path.endsWith("answerer");
        boolean segments = path.endsWith("segment") || path.endsWith("nuclei");
        return asks ? "question=what+is+it&attention=true" : segments ? "format=masks" : "attention=true";
    }

    @Test
    void mistakesAreAnsweredAsTheServerDescribesThem() {
        ApiDescription api = new ApiDescription(json(get("/openapi.json")));
        for (String operation : api.operations()) {
            String path = operation.substring(operation.indexOf('/')).replace("{version}", "1");
            if (operation.startsWith("post ")) {
                String known = path.replace("{model}", "nuclei");
                check(
                        api,
                        operation,
                        400,
                        post(known, path.endsWith("infer") ? "application/json" : "image/png", new byte[3]));
            }
            if (path.contains("{model}")) {
                String unknown = path.replace("{model}", "nothing");
                check(
                        api,
                        operation,
                        404,
                        operation.startsWith("get ")
                                ? get(unknown)
                                : post(unknown, "application/json", bytes(images("nuclei"))));
            }
        }
    }

    @Test
    void answersOfAnotherShapeAreFound() {
        ApiDescription api = new ApiDescription(json(get("/openapi.json")));
        JsonNode wrong = JSON.valueToTree(List.of(Map.of("label", 7)));
        assertFalse(api.problems("post /v1/classify", 200, "application/json", wrong)
                .isEmpty());
        assertFalse(
                api.problems("get /v1/models", 200, "application/json", wrong).isEmpty());
        assertFalse(api.problems("post /v1/classify", 200, "text/html", null).isEmpty());
    }

    /** As {@code curl -T}, {@code curl -F data=@} and DJL Serving's own examples send them. */
    @Test
    void predictionsTakeBodiesAndForms() {
        assertEquals("Healthy", json(get("/ping")).path("status").asText());
        byte[] form = ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"scene.png\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        HttpRequest.BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofByteArray(form), BodyPublishers.ofByteArray(SCENE), BodyPublishers.ofByteArray(end));
        HttpResponse<String> bare = send(request("/predictions/cifar10").POST(BodyPublishers.ofByteArray(SCENE)));
        HttpResponse<String> inForm = send(request("/predictions/cifar10")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(body));
        assertEquals(200, bare.statusCode(), bare.body());
        assertEquals(5, json(bare).size());
        assertEquals(json(bare), json(inForm));
    }
}
