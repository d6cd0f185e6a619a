package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same pixels, logits and intermediates as transformers and timm; the first wrong layer is the one reported. */
class ReferenceParityTest {
    private static final double PIXEL_TOLERANCE = 1e-6;
    private static final double TOLERANCE = 1e-4;

    /** Every fixture on every backend. */
    static Stream<Arguments> all() {
        return Stream.of("vit-hf", "deit-hf", "dinov2-hf", "vit-timm", "swin", "beit")
                .flatMap(name -> Backends.names().stream().map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyIntermediateEqualsTheReference(String name, String backend) {
        Map<String, Tensor> expected = Fixtures.expected(name);
        try (ImageClassifier classifier = Fixtures.classifier(name, backend)) {
            Map<String, Tensor> actual = classifier.dump(ImageDecoder.create().decode(Fixtures.image(name)));
            List<String> order = inForwardOrder(classifier.config().depth())
                    .filter(expected::containsKey)
                    .toList();
            assertEquals(expected.keySet(), new TreeSet<>(order), "every tensor of the fixture is compared");
            for (String tensor : order) {
                double tolerance = tensor.equals("pixel_values") ? PIXEL_TOLERANCE : TOLERANCE;
                Fixtures.assertClose(name + " " + tensor, expected.get(tensor), actual.get(tensor), tolerance);
            }
        }
    }

    /** The efficient graph, with nothing but the logits asked for, gives the same logits. */
    @ParameterizedTest
    @MethodSource("all")
    void logitsAloneEqualTheReference(String name, String backend) {
        Map<String, Tensor> expected = Fixtures.expected(name);
        try (ImageClassifier classifier = Fixtures.classifier(name, backend)) {
            Tensor logits = classifier.logits(expected.get("pixel_values"));
            Fixtures.assertClose(name + " logits", expected.get("logits"), logits, TOLERANCE);
        }
    }

    private static Stream<String> inForwardOrder(int depth) {
        Stream<String> layers = IntStream.rangeClosed(0, depth)
                .boxed()
                .flatMap(i -> Stream.of("hidden_states." + i, "attentions." + i));
        return Stream.of(Stream.of("pixel_values"), layers, Stream.of("last_hidden_state", "features", "logits"))
                .flatMap(s -> s);
    }
}
