package org.fovea.server.trial.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that are right, for all routes of a server of the shipped models. */
final class SoundRequests {
    static final String BOUNDARY = "----boundary7MA4YWxk";
    static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;
    static final String JSON = "application/json";

    private static final List<String> TASKS = List.of("classify", "caption", "segment", "ask?question=what+is+it");
    private static final List<String> MODELS =
            List.of("cifar10", "trashnet", "nuclei", "scenes-captioner", "scenes-answerer");
    private static final List<String> PAGES = List.of(
            "/",
            "/ping",
            "/metrics",
            "/openapi.json",
            "/v1/models",
            "/v2",
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/models/nuclei",
            "/v2/models/cifar10/versions/1",
            "/v2/models/cifar10/ready");

    private SoundRequests() {}

    static <T> T one(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    /** The path of a route that takes images. */
    static String path(SplittableRandom random) {
        return random.nextInt(4) > 0
                ? "/v1/" + one(TASKS, random)
                : "/predictions/" + one(MODELS, random) + "?question=what+is+it";
    }

    static Draft any(SplittableRandom random) {
        return random.nextInt(8) == 0 ? page(random) : about(SampleImages.any(random), random);
    }

    static Draft page(SplittableRandom random) {
        return Draft.get(one(PAGES, random));
    }

    /** A request about an image, in one of the forms there are. */
    static Draft about(byte[] image, SplittableRandom random) {
        String path = path(random);
        return switch (random.nextInt(4)) {
            case 0 -> Draft.post(path, "application/octet-stream", image);
            case 1 -> Draft.post(path, FORM, form(image, "top_k", "3"));
            case 2 -> Draft.post(path, JSON, text("{\"inputs\": \"" + base64(image) + "\", \"parameters\": {}}"));
            default -> inference(image, random);
        };
    }

    static Draft inference(byte[] image, SplittableRandom random) {
        String model = one(MODELS, random);
        String question = model.equals("scenes-answerer")
                ? ", {\"name\": \"question\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\"what is it?\"]}"
                : "";
        String body =
                "{\"id\": \"7\", \"inputs\": [{\"name\": \"image\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\""
                        + base64(image) + "\"]}" + question + "]}";
        return Draft.post("/v2/models/" + model + "/infer", JSON, text(body));
    }

    static byte[] form(byte[] image, String name, String value) {
        String open = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                + "\r\n--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"photo.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n";
        return Draft.join(text(open), image, text("\r\n--" + BOUNDARY + "--\r\n"));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
