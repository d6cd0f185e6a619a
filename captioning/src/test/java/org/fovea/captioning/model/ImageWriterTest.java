package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageWriterTest {
    private static final int IMAGES = 2;
    private static final int STEPS = 4;
    private static final int WORDS = 7;

    static Stream<WordDecoder> decoders() {
        return Stream.of(
                new ShowAttendTell(WORDS, STEPS, 6, 8, 5, Looking.SOFT),
                new ShowAttendTell(WORDS, STEPS, 6, 8, 5, Looking.HARD),
                new TransformerDecoder(WORDS, STEPS, 8, 2, 16, 2));
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void stepsGiveWhatKnownWordsGive(WordDecoder decoder) {
        for (Backend backend : List.of(OneDnnBackend.create(), new Nd4jBackend())) {
            for (int texts : new int[] {1, 3}) {
                check(new ImageWriter(new ConvEncoder(16, 8), decoder), backend, texts);
            }
        }
    }

    private static void check(ImageWriter model, Backend backend, int texts) {
        int rows = IMAGES * texts;
        Graph known = new Graph();
        WordDecoder.Written out =
                model.write(Scope.of(known), IMAGES, known.indexInput("before", rows, STEPS), WordDecoder.Chance.NONE);
        known.output("logits", out.logits());
        known.output("attention", out.attention());
        Parameters weights = InitialParameters.of(known, 4);
        Random random = new Random(5);
        int[] ids = random.ints(rows * STEPS, 0, WORDS).toArray();
        Tensor pixels = Tensor.of(random.doubles(IMAGES * 768, -1, 1).toArray(), IMAGES, 3, 16, 16);
        Map<String, Tensor> expected;
        try (Program program = backend.compile(known, weights, Precision.F32)) {
            expected = program.run(Map.of(ImageWriter.PIXELS, pixels, "before", Tensor.of(ids, rows, STEPS)));
        }
        try (Program look = backend.compile(model.look(IMAGES), weights, Precision.F32);
                Program step = backend.compile(model.step(IMAGES, texts), weights, Precision.F32);
                ProgramSession seen = look.openSession()) {
            seen.run(Map.of(ImageWriter.PIXELS, pixels));
            try (ProgramSession writing = step.openSession(seen)) {
                for (int t = 0; t < STEPS; t++) {
                    int[] now = new int[rows];
                    for (int i = 0; i < rows; i++) {
                        now[i] = ids[i * STEPS + t];
                    }
                    Map<String, Tensor> got = writing.run(Map.of(
                            ImageWriter.IDS, Tensor.of(now, rows, 1),
                            ImageWriter.POSITIONS, Tensor.of(new int[] {t}, 1),
                            ImageWriter.SLOTS, Tensor.of(new int[] {t}, 1)));
                    assertSame(expected.get("logits"), got.get(ImageWriter.LOGITS), rows, t);
                    assertSame(expected.get("attention"), got.get(ImageWriter.ATTENTION), rows, t);
                }
            }
        }
    }

    /** Compares one step of {@code [rows, T, ...]} with {@code [rows, ...]}. */
    private static void assertSame(Tensor all, Tensor step, int rows, int t) {
        double[] expected = all.toDoubles();
        double[] actual = step.toDoubles();
        int each = actual.length / rows;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < each; i++) {
                assertEquals(
                        expected[(row * STEPS + t) * each + i],
                        actual[row * each + i],
                        1e-5,
                        "step " + t + ", row " + row + ", element " + i);
            }
        }
    }
}
