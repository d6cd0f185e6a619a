package org.fovea.server.trial.hostile;

import static org.fovea.server.trial.hostile.SoundRequests.one;

import java.util.List;
import java.util.SplittableRandom;

/** Targets that try to reach what is no route. */
final class PathMutations {
    private static final List<String> STEPS = List.of(
            "../",
            "..%2f",
            "%2e%2e/",
            "%2e%2e%2f",
            "..%5c",
            "..\\",
            "..;/",
            ".%00./",
            "%c0%ae%c0%ae/",
            "..%252f",
            "....//",
            "%u002e%u002e/");
    private static final List<String> ENDS = List.of(
            "etc/passwd",
            "proc/self/environ",
            "proc/self/fd/0",
            "META-INF/MANIFEST.MF",
            "page.js",
            "files.txt",
            "WEB-INF/web.xml");
    private static final List<String> ROOTS = List.of(
            "/",
            "//",
            "/samples/",
            "/v1/",
            "/v2/models/",
            "/predictions/",
            "/v1/../",
            "/./",
            "/org/fovea/server/page/");
    private static final List<String> TARGETS = List.of(
            "http://localhost/v1/models",
            "http://169.254.169.254/latest/meta-data",
            "https://user:pass@localhost:1/v1/models",
            "file:///etc/passwd",
            "jar:file:///x.jar!/y",
            "*",
            "localhost:80",
            "/%",
            "/%zz",
            "/%00",
            "/v1/models%00.html",
            "/v1/models%0d%0aX-Injected:%20yes",
            "/v1/models;jsessionid=1",
            "/v1/models?a=%ff%fe&b=%zz&=&&&==",
            "/v2/models/%2e%2e/ready",
            "/v2/models/nuclei%2fready",
            "/v2/models/nuclei/versions/-1",
            "/v2/models/nuclei/versions/99999999999999999999/ready",
            "/v2/models/" + "m".repeat(6000),
            "/v2/models/<script>alert(1)</script>",
            "/predictions/{model}",
            "/V1/MODELS",
            "/v1/models/",
            "/v1/models#fragment",
            "?",
            "v1/models",
            "/\u0001\u0002",
            "/\u00ff\u00fe");

    private PathMutations() {}

    static HostileRequest path(SplittableRandom random) {
        String target = random.nextBoolean()
                ? one(TARGETS, random)
                : one(ROOTS, random) + one(STEPS, random).repeat(1 + random.nextInt(8)) + one(ENDS, random);
        Draft draft = random.nextInt(3) > 0
                ? Draft.get(target)
                : SoundRequests.about(SampleImages.any(random), random).withLine("POST " + target);
        return HostileRequest.whole("path", draft.bytes());
    }
}
