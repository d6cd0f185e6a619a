package org.fovea.vqa.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.vqa.AnswererFixtures;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ViLT as the reference computes it, which gives it the patches in random order. */
class ViltParityTest {
    private static final double PIXEL_TOLERANCE = 1e-6;
    private static final double TOLERANCE = 1e-4;
    private static final int WORDS = 9;
    private static final int PADDED = 16;

    static Stream<Arguments> all() {
        return Stream.of(AnswererFixtures.VILT, AnswererFixtures.VILT_BIN)
                .flatMap(name -> Backends.names().stream().map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest
    @ValueSource(strings = {AnswererFixtures.VILT, AnswererFixtures.VILT_BIN})
    void pixelsEqualTheReference(String name) {
        ImageProcessor processor = ImageProcessor.loadAnySize(AnswererFixtures.directory(name));
        Tensor pixels = processor.process(ImageDecoder.create().decode(AnswererFixtures.image(name)));
        Tensors.assertClose(name, AnswererFixtures.expected(name).get(AnswererModel.PIXELS), pixels, PIXEL_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void logitsAndStatesEqualTheReference(String name, String backend) {
        Map<String, Tensor> expected = AnswererFixtures.expected(name);
        try (PretrainedAnswerer answerer = PretrainedAnswerer.open(AnswererFixtures.directory(name))) {
            Vilt model = (Vilt) answerer.spec().model();
            Tensor image = look(answerer, backend, expected.get(AnswererModel.PIXELS));
            Map<String, Tensor> inputs = new HashMap<>();
            inputs.put(AnswererModel.IMAGE, image);
            inputs.put(AnswererModel.IMAGE_MASK, ones(13, 13));
            inputs.put(AnswererModel.QUESTION, expected.get(AnswererModel.QUESTION));
            inputs.put(AnswererModel.QUESTION_MASK, ones(WORDS, WORDS));
            Graph graph = model.answer(new AnswererModel.Size(1, WORDS, 13), AnswererModel.Detail.EVERYTHING);
            Map<String, Tensor> actual = run(answerer, backend, graph, inputs);
            assertLogits(name, expected, actual);
            for (int layer = 0; layer <= 2; layer++) {
                String key = "hidden_states." + layer;
                assertStates(name + " " + key, expected.get(key), actual.get(key));
            }
            for (int layer = 0; layer < 2; layer++) {
                String key = "attentions." + layer;
                assertAttention(name + " " + key, expected.get(key), actual.get(key));
            }
        }
    }

    /** Padding of question and image changes nothing, and neither does a last block that computes one token. */
    @ParameterizedTest
    @MethodSource("all")
    void paddingIsHidden(String name, String backend) {
        Map<String, Tensor> expected = AnswererFixtures.expected(name);
        try (PretrainedAnswerer answerer = PretrainedAnswerer.open(AnswererFixtures.directory(name))) {
            Vilt model = (Vilt) answerer.spec().model();
            Tensor image = look(answerer, backend, expected.get(AnswererModel.PIXELS));
            float[] tokens = Arrays.copyOf(image.toFloats(), 20 * 48);
            Arrays.fill(tokens, 13 * 48, tokens.length, 7);
            int[] ids = new int[PADDED];
            Arrays.fill(ids, 5);
            for (int i = 0; i < WORDS; i++) {
                ids[i] = (int) expected.get(AnswererModel.QUESTION).toLongs()[i];
            }
            Map<String, Tensor> inputs = new HashMap<>();
            inputs.put(AnswererModel.IMAGE, Tensor.of(tokens, 1, 20, 48));
            inputs.put(AnswererModel.IMAGE_MASK, ones(13, 20));
            inputs.put(AnswererModel.QUESTION, Tensor.of(ids, 1, PADDED));
            inputs.put(AnswererModel.QUESTION_MASK, ones(WORDS, PADDED));
            Graph graph = model.answer(new AnswererModel.Size(1, PADDED, 20), AnswererModel.Detail.ANSWER);
            assertLogits(name, expected, run(answerer, backend, graph, inputs));
        }
    }

    private static Tensor look(PretrainedAnswerer answerer, String backend, Tensor pixels) {
        Graph graph = answerer.spec().model().look(1, 48, 64);
        return run(answerer, backend, graph, Map.of(AnswererModel.PIXELS, pixels))
                .get(AnswererModel.IMAGE);
    }

    private static Map<String, Tensor> run(
            PretrainedAnswerer answerer, String backend, Graph graph, Map<String, Tensor> inputs) {
        Backend on = Backends.named(backend);
        try (Program program = on.compile(graph, answerer.parameters(), Precision.F32)) {
            return program.run(inputs);
        }
    }

    private static Tensor ones(int seen, int all) {
        float[] mask = new float[all];
        Arrays.fill(mask, 0, seen, 1);
        return Tensor.of(mask, 1, all);
    }

    private static void assertLogits(String name, Map<String, Tensor> expected, Map<String, Tensor> actual) {
        Tensor logits = actual.get(AnswererModel.LOGITS);
        Tensors.assertClose(name, expected.get(AnswererModel.LOGITS), logits, TOLERANCE);
    }

    /** Words and class token in their places; patches as a set. */
    private static void assertStates(String label, Tensor expected, Tensor actual) {
        assertEquals(expected.shape(), actual.shape());
        int width = expected.shape().dim(2);
        float[] want = expected.toFloats();
        float[] got = actual.toFloats();
        int fixed = WORDS + 1;
        for (int i = 0; i < fixed * width; i++) {
            assertEquals(want[i], got[i], TOLERANCE, label + " " + i);
        }
        for (int token = fixed; token < expected.shape().dim(1); token++) {
            int from = token * width;
            boolean found = false;
            for (int other = fixed; other < expected.shape().dim(1); other++) {
                found |= isClose(want, other * width, got, from, width);
            }
            assertTrue(found, label + ": patch " + (token - fixed) + " is none of the reference's");
        }
    }

    private static boolean isClose(float[] a, int fromA, float[] b, int fromB, int count) {
        double worst = 0;
        for (int i = 0; i < count; i++) {
            worst = Math.max(worst, Math.abs(a[fromA + i] - b[fromB + i]));
        }
        return worst <= TOLERANCE;
    }

    /** Attention of the first word to words and class token in each head. */
    private static void assertAttention(String label, Tensor expected, Tensor actual) {
        assertEquals(expected.shape(), actual.shape());
        int tokens = expected.shape().dim(3);
        float[] want = expected.toFloats();
        float[] got = actual.toFloats();
        for (int head : List.of(0, 1, 2, 3)) {
            for (int i = 0; i <= WORDS; i++) {
                int at = head * tokens * tokens + i;
                assertEquals(want[at], got[at], TOLERANCE, label + " head " + head + " token " + i);
            }
        }
    }
}
