package org.fovea.vqa.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vqa.model.AnswererModel.Detail;
import org.fovea.vqa.model.AnswererModel.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every head over random places, with random weights. */
class ReadingHeadTest {
    private static final int WORDS = 5;
    private static final int PIXELS = 64;
    private static final Grid GRID = new Grid(8, 8);
    private static final int WIDTH = 16;

    private static AttentiveAnswerer model(AnswerHead head) {
        return new AttentiveAnswerer(new ConvEncoder(PIXELS, WIDTH), head, 12, WORDS, 6, WIDTH);
    }

    /** Inputs of a graph, as far as it has them. */
    private static Map<String, Tensor> inputs(Graph graph) {
        SplittableRandom random = new SplittableRandom(3);
        float[] pixels = new float[3 * PIXELS * PIXELS];
        float[] places = new float[GRID.places() * WIDTH];
        for (float[] values : List.of(pixels, places)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
        }
        Map<String, Tensor> out = new HashMap<>();
        out.put(AnswererModel.PIXELS, Tensor.of(pixels, 1, 3, PIXELS, PIXELS));
        out.put(AnswererModel.IMAGE, Tensor.of(places, 1, GRID.places(), WIDTH));
        out.put(AnswererModel.QUESTION, Tensor.of(new int[] {2, 3, 4, 5, 6}, 1, WORDS));
        out.put(AnswererModel.QUESTION_MASK, Tensor.of(new float[] {1, 1, 1, 1, 1}, 1, WORDS));
        out.keySet().retainAll(graph.inputs().keySet());
        return out;
    }

    private static Map<String, Tensor> answer(AnswerHead head, Backend backend, Precision precision) {
        Graph graph = model(head).answer(new Size(1, WORDS, GRID.places()), Detail.GAZE);
        try (Program program = backend.compile(graph, InitialParameters.of(graph, 5), precision)) {
            return program.run(inputs(graph));
        }
    }

    @ParameterizedTest
    @EnumSource(AnswerHead.class)
    void backendsAgree(AnswerHead head) {
        Tensors.assertClose(
                head.name(),
                answer(head, new Nd4jBackend(), Precision.F64),
                answer(head, OneDnnBackend.create(), Precision.F32),
                1e-4);
    }

    @ParameterizedTest
    @EnumSource(AnswerHead.class)
    void gazeIsAShareOfThePlaces(AnswerHead head) {
        AttentiveAnswerer model = model(head);
        Gaze gaze = model.gaze(answer(head, new Nd4jBackend(), Precision.F64), WORDS, GRID);
        for (Gaze.PlaceMap map : gaze.maps()) {
            assertEquals(head.looks() ? 1 : 0, sum(map.weights().toFloats()), 1e-4, map.name());
        }
        assertEquals(
                switch (head) {
                    case STACKED -> List.of("all hops", "hop 1", "hop 2");
                    case MEMORY -> List.of("all hops", "hop 1", "hop 2", "hop 3");
                    case RELATION -> List.of("all pairs");
                    case TRANSFORMER -> List.of("all words");
                    case QUESTION_ONLY, IMAGE_ONLY -> List.of("none");
                },
                gaze.maps().stream().map(Gaze.PlaceMap::name).toList());
        assertEquals(head == AnswerHead.RELATION ? 16 : 0, gaze.pairs().size());
        assertEquals(head == AnswerHead.TRANSFORMER ? WORDS : 0, gaze.wordMaps().size());
    }

    @ParameterizedTest
    @EnumSource(AnswerHead.class)
    void everyWeightLearns(AnswerHead head) {
        Graph graph = new Graph();
        Value scores = model(head).train(Scope.of(graph), 1, 1, WORDS).scores();
        Parameters weights = InitialParameters.of(graph, 5);
        Map<String, Value> parameters = new HashMap<>(graph.parameters());
        parameters.keySet().removeIf(name -> name.contains("running_"));
        Value loss = scores.max(false, 1).sum(false, 0);
        Map<Value, Value> gradients = Gradients.of(graph, loss, parameters.values());
        parameters.forEach((name, value) -> graph.output(name, gradients.get(value)));
        try (Program program = new Nd4jBackend().compile(graph, weights, Precision.F64)) {
            List<String> unchanged = program.run(inputs(graph)).entrySet().stream()
                    .filter(entry -> Arrays.stream(entry.getValue().toDoubles()).allMatch(x -> x == 0))
                    .map(Map.Entry::getKey)
                    .toList();
            assertEquals(List.of(), unchanged);
        }
    }

    /** The layers after the sum are of degree one while their biases are zero, so that the effects add up to the score. */
    @Test
    void effectsOfPairsAddUpToTheBestScore() {
        Map<String, Tensor> out = answer(AnswerHead.RELATION, new Nd4jBackend(), Precision.F64);
        double best =
                Arrays.stream(out.get(AnswererModel.LOGITS).toDoubles()).max().orElseThrow();
        assertEquals(best, Arrays.stream(out.get("effects").toDoubles()).sum(), 1e-9);
        assertEquals(256, out.get("effects").shape().size());
    }

    @Test
    void pairsByHand() {
        // of (0, 0), (0, 1), (1, 0), (1, 1): shares 1/8, 4/8, 2/8, 1/8
        Gaze gaze = new PairMaps(new Grid(1, 2)).gaze(new float[] {1, -4, 2, 1});
        Tensors.assertClose(new double[] {0.5, 0.5}, gaze.maps().get(0).weights(), 1e-6);
        assertEquals(List.of(new Gaze.PlacePair(0, 1, 0.75)), gaze.pairs());
    }

    @Test
    void blocksByHand() {
        // 7 rows and 1 column in blocks of 2: the last of one place; the first token is none of the grid's
        PlaceBlocks blocks = new PlaceBlocks(new Grid(7, 1));
        assertEquals(new Grid(4, 1), blocks.blocks());
        Graph graph = new Graph();
        graph.output("means", blocks.build(graph.input("places", 1, 8, 1)));
        Tensor places = Tensor.of(new float[] {100, 1, 3, 5, 7, 9, 11, 13}, 1, 8, 1);
        try (Program program = new Nd4jBackend().compile(graph, Parameters.of(Map.of()), Precision.F64)) {
            Tensors.assertClose(
                    new double[] {2, 6, 10, 13},
                    program.run(Map.of("places", places)).get("means"),
                    1e-12);
        }
        assertEquals(new Grid(6, 6), new PlaceBlocks(new Grid(24, 24)).blocks());
        assertEquals(new Grid(4, 4), new PlaceBlocks(new Grid(4, 4)).blocks());
    }

    private static double sum(float[] weights) {
        double out = 0;
        for (float weight : weights) {
            out += weight;
        }
        return out;
    }
}
