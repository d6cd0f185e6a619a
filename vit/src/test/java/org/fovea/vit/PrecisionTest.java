package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Narrow precisions against the references' single precision. */
class PrecisionTest {
    /** The worst error allowed, in standard deviations of the logits. */
    private static final Map<Precision, Double> TOLERANCES = Map.of(
            Precision.F64,
            1e-3,
            Precision.F32,
            1e-3,
            Precision.BF16,
            5e-2,
            Precision.INT8,
            1.5e-1,
            Precision.F32_INT8_WEIGHTS,
            1.5e-1,
            Precision.BF16_INT8_WEIGHTS,
            1.5e-1);

    static Stream<Arguments> all() {
        return Stream.of("vit-hf", "deit-hf", "dinov2-hf", "vit-timm", "beit")
                .flatMap(fixture -> Backends.names().stream().flatMap(name -> Arrays.stream(Precision.values())
                        .filter(Backends.named(name)::supports)
                        .map(precision -> Arguments.of(fixture, name, precision))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void logitsStayNearTheReferences(String fixture, String name, Precision precision) {
        Map<String, Tensor> reference = Fixtures.expected(fixture);
        double[] expected = reference.get("logits").toDoubles();
        Path directory = Fixtures.directory(fixture);
        Backend backend = Backends.named(name);
        ClassifierOptions options =
                ClassifierOptions.defaults().withBackend(backend).withPrecision(precision);
        try (ImageClassifier classifier = ImageClassifier.load(directory, options)) {
            double[] actual = classifier.logits(reference.get("pixel_values")).toDoubles();
            double mean = Arrays.stream(expected).average().orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(expected)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow());
            for (int i = 0; i < expected.length; i++) {
                double error = Math.abs(actual[i] - expected[i]) / deviation;
                assertTrue(
                        error <= TOLERANCES.get(precision),
                        "logit " + i + ": expected " + expected[i] + ", got " + actual[i] + ", off by " + error
                                + " standard deviations");
            }
            if (gapOfBestTwo(expected) / deviation > TOLERANCES.get(precision)) {
                assertEquals(best(expected), best(actual), "the top label");
            }
        }
    }

    /** deit-hf's two best are 0.0016 standard deviations apart: a tie to 8 bits. */
    private static double gapOfBestTwo(double[] logits) {
        double[] sorted = logits.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static int best(double[] logits) {
        return IntStream.range(0, logits.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> logits[i]))
                .orElseThrow();
    }
}
