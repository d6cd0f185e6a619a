package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.captioning.Captioners;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.DecoderWeights;
import org.fovea.core.generate.TextModel;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding with caches against one pass over the whole text. */
class CachedDecodingTest {
    private static final double SINGLE = 1e-5; // of the largest score: what rounding leaves in single precision
    private static final double DOUBLE = 1e-12;
    private static final int LENGTH = 14;
    private static final int TEXTS = 2;

    static Stream<Arguments> all() {
        return Stream.of("blip-captioning", "vit-gpt2", "git").flatMap(name -> Backends.names().stream()
                .flatMap(backend -> Stream.of(3, 10).flatMap(prompt -> Stream.of(Precision.F32, Precision.F64)
                        .filter(Backends.named(backend)::supports)
                        .map(precision -> Arguments.of(name, backend, prompt, precision)))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void promptStepsAndReorderedRowsGiveTheScoresOfTheWholePass(
            String name, String backendName, int prompt, Precision precision) {
        Map<String, Tensor> expected = Captioners.expected(name);
        Tensor pixels = expected.get(CaptionerModel.PIXELS);
        int[] text = IntStream.range(0, LENGTH).map(i -> 5 + 7 * i).toArray();
        int[] other = IntStream.range(0, LENGTH).map(i -> 9 + 5 * i).toArray();
        Backend backend = Backends.named(backendName);
        try (PretrainedCaptioner captioner = PretrainedCaptioner.open(Captioners.directory(name));
                CachedDecoder decoder =
                        new CachedDecoder("test", captioner.model(), backend, captioner.parameters(), precision);
                DecoderSession session =
                        decoder.start(Map.of(CaptionerModel.PIXELS, pixels), 1, TEXTS, text.length, false)) {
            double[] whole = whole(captioner, backend, precision, pixels, text);
            double[] wholeOther = whole(captioner, backend, precision, pixels, other);
            int[] first = Arrays.copyOf(text, prompt);
            int[] second = Arrays.copyOf(other, prompt);
            compare(session.step(new int[][] {first, second}), prompt - 1, whole, wholeOther);
            int next = prompt;
            compare(session.step(new int[][] {{text[next]}, {other[next]}}), next, whole, wholeOther);
            session.reorder(1, 0);
            next++;
            compare(session.step(new int[][] {{other[next]}, {text[next]}}), next, wholeOther, whole);
            session.reorder(1, 1);
            next++;
            compare(session.step(new int[][] {{text[next]}, {text[next]}}), next, whole, whole);
        }
    }

    /** Room for no more tokens than the model has positions, however long a text may be. */
    @Test
    void aTextWithoutEndHasTheRoomOfTheModel() {
        Backend backend = Backends.automatic();
        Tensor pixels = Captioners.expected("git").get(CaptionerModel.PIXELS);
        try (PretrainedCaptioner captioner = PretrainedCaptioner.open(Captioners.directory("git"));
                CachedDecoder decoder =
                        new CachedDecoder("test", captioner.model(), backend, captioner.parameters(), Precision.F32)) {
            Map<String, Tensor> inputs = Map.of(CaptionerModel.PIXELS, pixels);
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
                try (DecoderSession session = decoder.start(inputs, 1, 1, Integer.MAX_VALUE, false)) {
                    assertEquals(1, session.step(new int[][] {{5}}).shape().dim(0));
                }
            });
        }
    }

    static Stream<Arguments> withInt8Weights() {
        return Stream.of(
                        Arguments.of("blip-captioning", Precision.F32),
                        Arguments.of("blip-captioning", Precision.BF16),
                        Arguments.of("blip-captioning", Precision.INT8),
                        Arguments.of("vit-gpt2", Precision.F32),
                        Arguments.of("git", Precision.F32))
                .filter(arguments ->
                        Backends.automatic().supports((Precision) arguments.get()[1]));
    }

    /** Steps with 8-bit weights go on from what programs of each precision saw, near to the scores of single precision. */
    @ParameterizedTest
    @MethodSource("withInt8Weights")
    void stepsWithInt8WeightsAreNearThoseOfSinglePrecision(String name, Precision precision) {
        Backend backend = Backends.automatic();
        try (PretrainedCaptioner captioner = PretrainedCaptioner.open(Captioners.directory(name))) {
            double[] expected = lastScores(captioner, backend, Precision.F32, DecoderWeights.SAME, name)
                    .toDoubles();
            double[] actual = lastScores(captioner, backend, precision, DecoderWeights.INT8, name)
                    .toDoubles();
            double[] errors = IntStream.range(0, expected.length)
                    .mapToDouble(i -> actual[i] - expected[i])
                    .toArray();
            double mean = Arrays.stream(expected).average().orElseThrow();
            double[] spread = Arrays.stream(expected).map(score -> score - mean).toArray();
            double error = rootMeanSquare(errors) / rootMeanSquare(spread);
            assertTrue(error > 1e-4 && error < (precision == Precision.INT8 ? 0.3 : 0.1), name + " error " + error);
        }
    }

    private static double rootMeanSquare(double... values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElseThrow());
    }

    /** The scores after a prompt and a step of two texts that changed places. */
    private static Tensor lastScores(
            PretrainedCaptioner captioner, Backend backend, Precision precision, DecoderWeights weights, String name) {
        Tensor pixels = Captioners.expected(name).get(CaptionerModel.PIXELS);
        int[] first = IntStream.range(0, 10).map(i -> 5 + 7 * i).toArray();
        int[] second = IntStream.range(0, 10).map(i -> 9 + 5 * i).toArray();
        try (CachedDecoder decoder = new CachedDecoder(
                        "test", captioner.model(), backend, captioner.parameters(), precision, weights);
                DecoderSession session =
                        decoder.start(Map.of(CaptionerModel.PIXELS, pixels), 1, TEXTS, LENGTH, false)) {
            session.step(new int[][] {first, second});
            session.reorder(1, 0);
            return session.step(new int[][] {{11}, {12}});
        }
    }

    /** {@code [T, vocabulary]} of the words. */
    private static double[] whole(
            PretrainedCaptioner captioner, Backend backend, Precision precision, Tensor pixels, int[] text) {
        try (Program program =
                backend.compile(captioner.model().teacherForced(1, text.length), captioner.parameters(), precision)) {
            double[] all = program.run(Map.of(
                            CaptionerModel.PIXELS, pixels, CaptionerModel.DECODER_IDS, Tensor.of(text, 1, text.length)))
                    .get(TextModel.LOGITS)
                    .toDoubles();
            int words = text.length * captioner.model().vocabulary();
            return Arrays.copyOfRange(all, all.length - words, all.length);
        }
    }

    private static void compare(Tensor step, int position, double[] first, double[] second) {
        int vocabulary = step.shape().dim(1);
        double[] both = new double[2 * vocabulary];
        System.arraycopy(first, position * vocabulary, both, 0, vocabulary);
        System.arraycopy(second, position * vocabulary, both, vocabulary, vocabulary);
        double largest = Arrays.stream(both).map(Math::abs).max().orElseThrow();
        double tolerance = step.dtype() == DType.F64 ? DOUBLE : SINGLE * Math.max(1, largest);
        Tensors.assertClose("position " + position, Tensor.of(both, 2, vocabulary), step, tolerance);
    }
}
