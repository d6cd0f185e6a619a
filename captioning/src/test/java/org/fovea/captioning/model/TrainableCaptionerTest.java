package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner.Chance;
import org.fovea.captioning.model.TrainableCaptioner.Written;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainableCaptionerTest extends BlockContract {
    private static final int IMAGES = 2;
    private static final int STEPS = 4;
    private static final int WORDS = 7;
    private static final ConvEncoder ENCODER = new ConvEncoder(16, 8);
    private static final TrainableCaptioner TRANSFORMER =
            CaptionerWriter.transformer(ENCODER, WORDS, STEPS, 8, 2, 2, 16);

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase("Transformer, two captions an image", g -> output(g, Chance.NONE)),
                new BlockCase("Transformer, own words now and then", g -> {
                    Value own = g.fixed(new double[] {0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0}, 4, 3);
                    Value noise =
                            g.fixed(new Random(3).doubles(12 * WORDS, -3, 3).toArray(), 4, 3, WORDS);
                    output(g, new Chance(Optional.empty(), Optional.empty(), Optional.of(own), Optional.of(noise)));
                }));
    }

    private static void output(CaseGraph g, Chance chance) {
        Scope scope = Scope.training(g.graph(), DropRates.none());
        CrossAttentionCaptioner model = (CrossAttentionCaptioner) TRANSFORMER;
        Written out = model.decode(scope, g.normal(IMAGES, 4, 8), g.index(WORDS, 4, 3), chance);
        g.output(out.logits());
        g.output(out.attention());
    }

    static Stream<TrainableCaptioner> models() {
        return Stream.of(
                new ShowAttendTell(ENCODER, WORDS, STEPS, 6, 8, 5, Looking.SOFT),
                new ShowAttendTell(ENCODER, WORDS, STEPS, 6, 8, 5, Looking.HARD),
                TRANSFORMER);
    }

    @ParameterizedTest
    @MethodSource("models")
    void stepsGiveWhatKnownWordsGive(TrainableCaptioner model) {
        for (Backend backend : List.of(OneDnnBackend.create(), new Nd4jBackend())) {
            for (int texts : new int[] {1, 3}) {
                check(model, backend, texts, 1);
                check(model, backend, texts, 2);
            }
        }
    }

    /** One graph picks the words that single steps pick; its scores are those of known words. */
    @ParameterizedTest
    @MethodSource("models")
    void ownWordsAreThoseThatStepsPick(TrainableCaptioner model) {
        int rows = 3 * IMAGES;
        Graph graph = new Graph();
        Chance chance = new Chance(
                Optional.empty(),
                Optional.empty(),
                Optional.of(graph.fill(1, rows, STEPS)),
                Optional.of(graph.input("noise", rows, STEPS, WORDS)));
        Written out = model.write(Scope.of(graph), IMAGES, graph.indexInput("before", rows, STEPS), chance);
        graph.output("picked", out.picked().orElseThrow());
        graph.output("logits", out.logits());
        graph.output("attention", out.attention());
        Parameters weights = InitialParameters.of(graph, 4);
        Random random = new Random(6);
        Tensor pixels = Tensor.of(random.doubles(IMAGES * 768, -1, 1).toArray(), IMAGES, 3, 16, 16);
        float[] noise = Tensor.of(random.doubles(rows * STEPS * WORDS, -2, 2).toArray(), rows * STEPS * WORDS)
                .toFloats();
        Backend backend = OneDnnBackend.create();
        Map<String, Tensor> picked;
        try (Program program = backend.compile(graph, weights, Precision.F32)) {
            picked = program.run(Map.of(
                    CaptionerModel.PIXELS,
                    pixels,
                    "before",
                    Tensor.of(new int[rows * STEPS], rows, STEPS),
                    "noise",
                    Tensor.of(noise, rows, STEPS, WORDS)));
        }
        long[] words = picked.get("picked").toLongs();
        assertTrue(Arrays.stream(words).distinct().count() > 2, Arrays.toString(words));
        Map<String, Tensor> inputs = Map.of(CaptionerModel.PIXELS, pixels);
        try (CachedDecoder programs = new CachedDecoder("test", model, backend, weights, Precision.F32);
                DecoderSession session = programs.start(inputs, IMAGES, 3, STEPS, true)) {
            int[] now = new int[rows];
            for (int t = 0; t < STEPS; t++) {
                float[] scores = session.step(Arrays.stream(now)
                                .mapToObj(id -> new int[] {id})
                                .toArray(int[][]::new))
                        .toFloats();
                assertSame(picked.get("logits"), scores, rows, t);
                assertSame(picked.get("attention"), mean(session.attention().orElseThrow()), rows, t);
                for (int row = 0; row < rows; row++) {
                    now[row] = picked(scores, noise, row, t);
                    assertEquals(now[row], words[row * STEPS + t], "row " + row + ", step " + t);
                }
            }
        }
    }

    private static int picked(float[] scores, float[] noise, int row, int t) {
        int best = 0;
        for (int word = 1; word < WORDS; word++) {
            int at = (row * STEPS + t) * WORDS;
            best = scores[row * WORDS + word] + noise[at + word] > scores[row * WORDS + best] + noise[at + best]
                    ? word
                    : best;
        }
        return best;
    }

    /** Compares known words at once with words in steps, {@code count} in each. */
    private static void check(TrainableCaptioner model, Backend backend, int texts, int count) {
        int rows = IMAGES * texts;
        Graph known = new Graph();
        Written out = model.write(Scope.of(known), IMAGES, known.indexInput("before", rows, STEPS), Chance.NONE);
        known.output("logits", out.logits());
        known.output("attention", out.attention());
        Parameters weights = InitialParameters.of(known, 4);
        Random random = new Random(5);
        int[] ids = random.ints(rows * STEPS, 0, WORDS).toArray();
        Tensor pixels = Tensor.of(random.doubles(IMAGES * 768, -1, 1).toArray(), IMAGES, 3, 16, 16);
        Map<String, Tensor> expected;
        try (Program program = backend.compile(known, weights, Precision.F32)) {
            expected = program.run(Map.of(CaptionerModel.PIXELS, pixels, "before", Tensor.of(ids, rows, STEPS)));
        }
        Map<String, Tensor> inputs = Map.of(CaptionerModel.PIXELS, pixels);
        try (CachedDecoder programs = new CachedDecoder("test", model, backend, weights, Precision.F32);
                DecoderSession session = programs.start(inputs, IMAGES, texts, STEPS, true)) {
            for (int t = 0; t < STEPS; t += count) {
                int first = t;
                int[][] now = IntStream.range(0, rows)
                        .mapToObj(row -> IntStream.range(first, first + count)
                                .map(i -> ids[row * STEPS + i])
                                .toArray())
                        .toArray(int[][]::new);
                assertSame(expected.get("logits"), session.step(now).toFloats(), rows, t + count - 1);
                assertSame(expected.get("attention"), mean(session.attention().orElseThrow()), rows, t + count - 1);
            }
        }
    }

    /** {@code [rows, layers, heads, M]} to {@code [rows, M]}. */
    private static float[] mean(Tensor attention) {
        float[] all = attention.toFloats();
        int rows = attention.shape().dim(0);
        int memory = attention.shape().dim(3);
        int maps = all.length / rows / memory;
        float[] out = new float[rows * memory];
        for (int i = 0; i < all.length; i++) {
            out[i / (maps * memory) * memory + i % memory] += all[i] / maps;
        }
        return out;
    }

    /** Compares one step of {@code [rows, T, ...]} with {@code [rows, ...]}. */
    private static void assertSame(Tensor all, float[] actual, int rows, int t) {
        float[] expected = all.toFloats();
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
