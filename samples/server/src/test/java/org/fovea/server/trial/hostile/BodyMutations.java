package org.fovea.server.trial.hostile;

import static org.fovea.server.trial.hostile.SoundRequests.one;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Mistakes in JSON, forms and parameters. */
final class BodyMutations {
    private static final List<String> VALUES = List.of(
            "-1",
            "0",
            "2147483647",
            "2147483648",
            "-2147483648",
            "1e308",
            "1e-320",
            "NaN",
            "Infinity",
            "-Infinity",
            "0x1p3",
            "",
            " ",
            "true",
            "null",
            "[]",
            "{}",
            "[[1e999, 5]]",
            "[[1,2,3],[4]]",
            "[[-5,-5,1],[1e9,1e9,1]]",
            "[[0,0,0,0]]",
            "[[9,9,1,1]]",
            "[\"a\", 1, null]",
            "masks",
            "\u0000",
            "\u202e\ud83d\ude00",
            "${jndi:ldap://127.0.0.1/a}",
            "../../etc/passwd",
            "'; DROP TABLE models; --",
            "<script>alert(1)</script>",
            "9".repeat(5000),
            "what ".repeat(3000),
            "[" + "1,".repeat(20_000) + "1]",
            "[".repeat(5000));
    private static final List<String> NAMES = List.of(
            "model",
            "top_k",
            "attention",
            "beams",
            "count",
            "sample",
            "temperature",
            "top_p",
            "seed",
            "max_new_tokens",
            "min_new_tokens",
            "repetition_penalty",
            "length_penalty",
            "no_repeat_ngram_size",
            "early_stopping",
            "prompt",
            "format",
            "points",
            "boxes",
            "multimask",
            "question",
            "answers",
            "image",
            "file",
            "nothing");
    private static final List<String> JSONS = List.of(
            "",
            "null",
            "[]",
            "\"text\"",
            "{",
            "{\"inputs\": 1e999999999}",
            "{\"inputs\": [1]}",
            "{\"inputs\": {}}",
            "{\"inputs\": {\"image\": {}}}",
            "{\"inputs\": \"\"}",
            "{\"inputs\": \"data:image/png;base64\"}",
            "{\"inputs\": \"data:,\"}",
            "{\"inputs\": \"====\"}",
            "{\"inputs\": \"\\u0000\\ud800\"}",
            "{\"inputs\": \"http://127.0.0.1:1/x.png\"}",
            "{\"inputs\": \"file:///etc/passwd\"}",
            "{\"inputs\": \"a\", \"inputs\": \"b\"}",
            "{\"inputs\": \"a\"} {}",
            "\ufeff{\"inputs\": \"a\"}",
            "{\"a\":".repeat(1000),
            "[".repeat(100_000),
            "{\"inputs\": [], \"outputs\": 7, \"parameters\": []}",
            "{\"inputs\": [{\"name\": \"image\", \"shape\": [-1], \"datatype\": \"BYTES\", \"data\": [\"\"]}]}",
            "{\"inputs\": [{\"name\": \"image\", \"shape\": [0], \"datatype\": \"BYTES\", \"data\": []}]}",
            "{\"inputs\": [{\"name\": \"image\", \"shape\": [2147483647, 2147483647, 4], \"datatype\": \"BYTES\", \"data\": []}]}",
            "{\"inputs\": [{\"name\": \"pixel_values\", \"shape\": [1, 3, 32, 32], \"datatype\": \"FP32\", \"data\": [1e400]}]}",
            "{\"inputs\": [{\"name\": \"pixel_values\", \"shape\": [0, 3, 32, 32], \"datatype\": \"FP32\", \"data\": []}]}",
            "{\"inputs\": [{\"name\": {}, \"shape\": \"x\", \"datatype\": 5, \"data\": {}}]}",
            "{\"inputs\": [null, 1, \"x\"]}");
    private static final List<String> TYPES = List.of(
            "",
            "text/html",
            "image/png",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"",
            "multipart/form-data; boundary=" + "b".repeat(5000),
            "multipart/mixed; boundary=" + SoundRequests.BOUNDARY,
            "application/x-www-form-urlencoded",
            "image/svg+xml",
            "application/zip",
            "*/*",
            ";",
            "a/b/c",
            "\u00ff");
    private static final List<String> DISPOSITIONS = List.of(
            "form-data",
            "form-data; name=",
            "form-data; name=\"",
            "attachment; filename=\"../../etc/passwd\"",
            "form-data; name=\"image\"; filename=\"../../../tmp/x\"",
            "form-data; name*=utf-8''%ff; filename*=x",
            "form-data; name=\"" + "n".repeat(20_000) + "\"");

    private BodyMutations() {}

    static HostileRequest json(SplittableRandom random) {
        Draft draft = SoundRequests.about(SampleImages.any(random), random).withType(SoundRequests.JSON);
        String body = one(JSONS, random);
        return HostileRequest.whole(
                "JSON", draft.withBody(SoundRequests.text(body)).bytes());
    }

    /** A sound body with damage, and its true length. */
    static HostileRequest damaged(SplittableRandom random) {
        Draft draft = SoundRequests.about(SampleImages.any(random), random);
        return HostileRequest.whole(
                "damaged body", draft.withBody(Damage.of(draft.body(), random)).bytes());
    }

    static HostileRequest type(SplittableRandom random) {
        Draft draft = SoundRequests.about(SampleImages.any(random), random);
        return HostileRequest.whole(
                "content type", draft.withType(one(TYPES, random)).bytes());
    }

    static HostileRequest form(SplittableRandom random) {
        String boundary = "--" + SoundRequests.BOUNDARY;
        String part = boundary + "\r\nContent-Disposition: " + one(DISPOSITIONS, random) + "\r\n\r\nvalue\r\n";
        String body = part.repeat(1 + random.nextInt(200)) + (random.nextBoolean() ? boundary + "--\r\n" : boundary);
        Draft draft = Draft.post(SoundRequests.path(random), SoundRequests.FORM, SoundRequests.text(body));
        return HostileRequest.whole("form", draft.bytes());
    }

    static HostileRequest parameter(SplittableRandom random) {
        String name = one(NAMES, random);
        String value = one(VALUES, random);
        byte[] image = SampleImages.any(random);
        String path = SoundRequests.path(random);
        return HostileRequest.whole(
                "parameter " + name,
                (switch (random.nextInt(4)) {
                            case 0 -> Draft.post(path, SoundRequests.FORM, SoundRequests.form(image, name, value));
                            case 1 ->
                                Draft.post(
                                        path, SoundRequests.JSON, SoundRequests.text(json(image, name, quoted(value))));
                            case 2 ->
                                Draft.post(path, SoundRequests.JSON, SoundRequests.text(json(image, name, value)));
                            default ->
                                Draft.post(
                                        path + (path.contains("?") ? "&" : "?") + name + "="
                                                + URLEncoder.encode(value, StandardCharsets.UTF_8),
                                        "image/png",
                                        image);
                        })
                        .bytes());
    }

    private static String json(byte[] image, String name, String value) {
        return "{\"inputs\": {\"image\": \"" + SoundRequests.base64(image)
                + "\", \"question\": \"what?\"}, \"parameters\": {\"" + name + "\": " + value + "}}";
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
