package org.fovea.captioning.model;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.captioning.Captioners;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.TextModel;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding with caches against one pass over the whole text. */
class CachedDecodingTest {
    private static final double TOLERANCE = 1e-5;
    private static final int PROMPT = 3;
    private static final int TEXTS = 2;

    static Stream<Arguments> all() {
        return Stream.of("blip-captioning", "vit-gpt2", "git")
                .flatMap(name -> Backends.names().stream().map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void promptStepsAndReorderedRowsGiveTheScoresOfTheWholePass(String name, String backendName) {
        Map<String, Tensor> expected = Captioners.expected(name);
        Tensor pixels = expected.get(CaptionerModel.PIXELS);
        int[] text = Arrays.stream(expected.get(CaptionerModel.DECODER_IDS).toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        int[] other = text.clone();
        other[1] = text[2];
        Backend backend = Backends.named(backendName);
        try (PretrainedCaptioner captioner = PretrainedCaptioner.open(Captioners.directory(name));
                CachedDecoder decoder =
                        new CachedDecoder("test", captioner.model(), backend, captioner.parameters(), Precision.F32);
                DecoderSession session =
                        decoder.start(Map.of(CaptionerModel.PIXELS, pixels), 1, TEXTS, text.length, false)) {
            float[] whole = whole(captioner, backend, pixels, text);
            float[] wholeOther = whole(captioner, backend, pixels, other);
            int[] first = Arrays.copyOf(text, PROMPT);
            int[] second = Arrays.copyOf(other, PROMPT);
            compare(session.step(new int[][] {first, second}), PROMPT - 1, whole, wholeOther);
            compare(session.step(new int[][] {{text[3]}, {other[3]}}), 3, whole, wholeOther);
            session.reorder(1, 0);
            compare(session.step(new int[][] {{other[4]}, {text[4]}}), 4, wholeOther, whole);
            session.reorder(1, 1);
            compare(session.step(new int[][] {{text[5]}, {text[5]}}), 5, whole, whole);
        }
    }

    /** {@code [T, vocabulary]} of the words. */
    private static float[] whole(PretrainedCaptioner captioner, Backend backend, Tensor pixels, int[] text) {
        try (Program program = backend.compile(
                captioner.model().teacherForced(1, text.length), captioner.parameters(), Precision.F32)) {
            float[] all = program.run(Map.of(
                            CaptionerModel.PIXELS, pixels, CaptionerModel.DECODER_IDS, Tensor.of(text, 1, text.length)))
                    .get(TextModel.LOGITS)
                    .toFloats();
            int words = text.length * captioner.model().vocabulary();
            return Arrays.copyOfRange(all, all.length - words, all.length);
        }
    }

    private static void compare(Tensor step, int position, float[] first, float[] second) {
        int vocabulary = step.shape().dim(1);
        float[] both = new float[2 * vocabulary];
        System.arraycopy(first, position * vocabulary, both, 0, vocabulary);
        System.arraycopy(second, position * vocabulary, both, vocabulary, vocabulary);
        Tensors.assertClose("position " + position, Tensor.of(both, 2, vocabulary), step, TOLERANCE);
    }
}
