package org.fovea.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.Caption;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Prediction;
import org.fovea.vqa.Answers;
import org.fovea.vqa.VisualAnswerer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The routes of the tasks give what the facades give. */
class TaskRoutesTest {
    private static final double ROUNDING = 1e-5;
    private static final byte[] CAT = TestClient.image("cat.jpg");
    private static final byte[] SCENE = TestClient.image("scene.png");
    private static final byte[] NUCLEI = TestClient.image("nuclei.png");

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

    private static RgbImage decoded(byte[] file) {
        return ImageDecoder.create().decode(file, "the test's image");
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        assertTrue(response.headers().firstValue("Server-Timing").orElse("").contains("compute;dur="));
        return TestClient.json(response);
    }

    @Test
    void everyFormOfABodyGivesTheClassesOfTheFacade() {
        List<Prediction> expected;
        try (ImageClassifier classifier = ImageClassifier.shipped("cifar10")) {
            expected = classifier.classify(decoded(CAT)).predictions();
        }
        List<HttpResponse<String>> answers = List.of(
                client.post("/v1/classify", "image/jpeg", CAT),
                client.form("/v1/classify", CAT, Map.of()),
                client.postJson("/v1/classify", Map.of("inputs", TestClient.base64(CAT))),
                client.postJson("/v1/classify", Map.of("inputs", "data:image/jpeg;base64," + TestClient.base64(CAT))),
                client.post("/predictions/cifar10", "application/octet-stream", CAT));
        for (HttpResponse<String> answer : answers) {
            JsonNode classes = ok(answer);
            assertEquals("cifar10", answer.headers().firstValue("X-Fovea-Model").orElse(""));
            assertEquals(5, classes.size());
            for (int i = 0; i < classes.size(); i++) {
                assertEquals(
                        expected.get(i).label(), classes.get(i).get("label").asText());
                assertEquals(
                        expected.get(i).probability(),
                        classes.get(i).get("score").asDouble(),
                        ROUNDING);
            }
        }
    }

    @Test
    void classesComeWithAttentionWhereItIsAskedFor() {
        JsonNode classes = ok(client.form("/v1/classify", CAT, Map.of("attention", "true", "top_k", "2")));
        assertEquals(2, classes.size());
        assertAttention(classes.get(0).get("attention"));
        assertFalse(classes.get(1).has("attention"));
    }

    private static void assertAttention(JsonNode map) {
        int cells = map.get("rows").asInt() * map.get("columns").asInt();
        assertTrue(cells > 1);
        assertEquals(cells, map.get("weights").size());
        JsonNode region = map.get("region");
        assertTrue(region.get("left").asDouble() < region.get("right").asDouble());
        assertTrue(region.get("top").asDouble() < region.get("bottom").asDouble());
    }

    @Test
    void captionsAreThoseOfTheFacadeWithTheirMaps() {
        JsonNode answer =
                ok(client.form("/v1/caption", SCENE, Map.of("attention", "1"))).get(0);
        try (ImageCaptioner captioner = ImageCaptioner.shipped("scenes-captioner")) {
            CaptionExplanation why = captioner.explain(decoded(SCENE), captioner.request());
            Caption expected = why.caption();
            assertEquals(expected.text(), answer.get("generated_text").asText());
            assertEquals(expected.score(), answer.get("score").asDouble(), ROUNDING);
            assertEquals(expected.words().size(), answer.get("words").size());
            JsonNode map = answer.get("words").get(3).get("attention");
            assertAttention(map);
            float[] weights = why.map(3).toFloats();
            for (int i = 0; i < weights.length; i++) {
                assertEquals(weights[i], map.get("weights").get(i).asDouble(), ROUNDING);
            }
        }
    }

    @Test
    void alternativesComeBestFirst() {
        JsonNode all = ok(client.postJson(
                "/v1/caption",
                Map.of(
                        "inputs", TestClient.base64(SCENE),
                        "parameters", Map.of("num_beams", 4, "num_return_sequences", 3))));
        assertEquals(3, all.size());
        assertTrue(all.get(0).get("score").asDouble() >= all.get(1).get("score").asDouble());
        assertTrue(all.get(1).get("score").asDouble() >= all.get(2).get("score").asDouble());
    }

    @Test
    void wordsAreStreamedAsTheyAreMade() {
        HttpResponse<String> response =
                client.send(client.formRequest("/v1/caption", SCENE, Map.of("attention", "true"))
                        .header("Accept", "text/event-stream"));
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
        List<String> words = new ArrayList<>();
        JsonNode done = null;
        for (String event : response.body().split("\n\n")) {
            String[] lines = event.split("\n");
            if (lines[0].equals("event: word")) {
                JsonNode word = TestClient.json(lines[1].substring("data: ".length()));
                assertEquals(words.size(), word.get("index").asInt());
                assertAttention(word.get("attention"));
                words.add(word.get("text").asText());
            } else if (lines[0].equals("event: done")) {
                done = TestClient.json(lines[1].substring("data: ".length()));
            }
        }
        JsonNode whole = ok(client.form("/v1/caption", SCENE, Map.of())).get(0);
        assertEquals(whole.get("generated_text").asText(), String.join(" ", words));
        assertEquals(whole.get("generated_text"), done.get("result").get(0).get("generated_text"));
    }

    @Test
    void answersAreThoseOfTheFacadeAlsoOfAnImageThatWasSeenBefore() {
        String question = "what color is the cross?";
        Answers expected;
        try (VisualAnswerer answerer = VisualAnswerer.shipped("scenes-answerer")) {
            expected = answerer.ask(answerer.embed(decoded(SCENE)), question);
        }
        for (int i = 0; i < 2; i++) {
            JsonNode answer = ok(client.postJson(
                    "/v1/ask", Map.of("inputs", Map.of("image", TestClient.base64(SCENE), "question", question))));
            assertEquals(expected.best().text(), answer.get(0).get("answer").asText());
            assertEquals(expected.best().score(), answer.get(0).get("score").asDouble(), ROUNDING);
        }
        JsonNode gaze = ok(client.form("/v1/ask", SCENE, Map.of("question", question, "attention", "true")));
        assertAttention(gaze.get(0).get("attention"));
        assertEquals("what", gaze.get(0).get("words").get(0).get("text").asText());
    }

    @Test
    void answersCanBeChosenAmongThose() {
        JsonNode answer = ok(client.form(
                "/v1/ask", SCENE, Map.of("question", "what color is the cross?", "answers", "[\"red\", \"yellow\"]")));
        assertEquals(2, answer.size());
        assertEquals("yellow", answer.get(0).get("answer").asText());
    }

    @Test
    void masksAreThoseOfTheFacade() {
        Segmentation expected;
        try (ImageSegmenter segmenter = ImageSegmenter.shipped("nuclei")) {
            expected = segmenter.segment(decoded(NUCLEI));
        }
        JsonNode masks = ok(client.form("/v1/segment", NUCLEI, Map.of()));
        Segment first = expected.objects().get(0);
        assertEquals(expected.objects().size(), masks.size());
        RgbImage mask =
                decoded(Base64.getDecoder().decode(masks.get(0).get("mask").asText()));
        assertEquals(expected.classes().height(), mask.height());
        long area = 0;
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                area += mask.pixel(x, y) == 0xffffff ? 1 : 0;
            }
        }
        assertEquals(first.area(), area);

        JsonNode map = ok(client.form("/v1/segment", NUCLEI, Map.of("format", "map")));
        Instances instances = expected.instances().orElseThrow();
        assertEquals(instances.objects().size(), map.get("objects").size());
        assertEquals(first.area(), map.get("objects").get(0).get("area").asLong());
        RgbImage ids = decoded(Base64.getDecoder().decode(map.get("objects_map").asText()));
        int pixel = ids.pixel(first.left() + (first.right() - first.left()) / 2, first.top());
        int id = (pixel >> 16 & 0xff) | pixel & 0xff00 | (pixel & 0xff) << 16;
        assertEquals(instances.ids().label(first.top(), first.left() + (first.right() - first.left()) / 2), id);
    }

    @Test
    void modelsAreListed() {
        JsonNode models = TestClient.json(client.get("/v1/models")).get("models");
        assertTrue(models.size() >= 5);
        for (JsonNode model : models) {
            assertEquals("ready", model.get("state").asText(), model.toString());
            assertTrue(model.get("load_seconds").asDouble() > 0);
            assertTrue(model.get("parameters").asLong() > 100_000, model.toString());
            assertTrue(model.at("/description/image").asText().contains(" pixels"), model.toString());
        }
        assertEquals(200, client.get("/v2/health/ready").statusCode());
    }

    @Test
    void thePageIsServedWithItsHeaders() {
        HttpResponse<String> page = client.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>"), page.body());
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'self'") && !policy.contains("unsafe"), policy);
        assertEquals(
                "nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertEquals(
                304,
                client.send(client.request("/").header("If-None-Match", tag)).statusCode());
    }
}
