package org.fovea.vqa.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneMasks;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.DropRates;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.hub.AnswererWriter;
import org.fovea.vqa.model.AnswerHead;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.model.Grid;
import org.fovea.vqa.model.QuestionVocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GazeLossTest {
    private static final int POSITIONS = 20;
    private static final int EACH = 5;
    private static final Grid GRID = new Grid(4, 4);
    private static final SceneDataset SCENES = new SceneDataset(SceneOptions.defaults(), 7, 2, 32, 1);

    /** One row of two words and three places; the first word names the last two places, the second nothing. */
    private static final NamedPlaces NAMED =
            new NamedPlaces(Tensor.of(new float[] {0, 1, 1, 0, 0, 0}, 1, 2, 3), Tensor.of(new float[] {1, 0}, 1, 2));

    @TempDir
    Path folder;

    private static double loss(Tensor... attention) {
        Graph graph = new Graph();
        Map<String, Tensor> inputs = new HashMap<>(GazeLoss.inputs(NAMED));
        List<Value> weights = IntStream.range(0, attention.length)
                .mapToObj(i -> {
                    inputs.put("attention" + i, attention[i]);
                    return graph.input("attention" + i, attention[i].shape().toArray());
                })
                .toList();
        graph.output("loss", new GazeLoss(1, 2, 3).build(graph, weights));
        try (Program program = new Nd4jBackend().compile(graph, Parameters.of(Map.of()), Precision.F32)) {
            return program.run(inputs).get("loss").toFloats()[0];
        }
    }

    @Test
    void isTheLogarithmOfTheShareOnWhatWordsName() {
        Tensor words = Tensor.of(new float[] {0.5f, 0.2f, 0.3f, 1, 0, 0}, 1, 2, 3);
        Tensor question = Tensor.of(new float[] {0.75f, 0, 0.25f}, 1, 1, 3);
        assertEquals(-Math.log(0.5), loss(words), 1e-4);
        assertEquals(-Math.log(0.25), loss(question), 1e-4);
        assertEquals(-(Math.log(0.5) + Math.log(0.25)) / 2, loss(words, question), 1e-4);
    }

    @Test
    void scenesTellThePlacesOfWhatEachWordNames() throws IOException {
        try (Tokenizer tokenizer = tokenizer()) {
            AnswerBatch batch = data(tokenizer, Optional.of(GRID)).of(asked());
            float[] places = batch.named().orElseThrow().places().toFloats();
            float[] words = batch.named().orElseThrow().words().toFloats();
            int named = 0;
            for (int row = 0; row < 2 * EACH; row++) {
                boolean[][] shows = SceneMasks.places(SCENES.get(row / EACH), 4, 4);
                List<SceneQuestion> questions = SceneQuestions.ask(SCENES.get(row / EACH), EACH, row / EACH);
                for (int word = 0; word < POSITIONS; word++) {
                    var spoken = questions.get(row % EACH).words();
                    List<Integer> objects =
                            word < spoken.size() ? spoken.get(word).objects() : List.of();
                    for (int place = 0; place < 16; place++) {
                        int at = place;
                        boolean expected = objects.stream().anyMatch(object -> shows[object][at]);
                        assertEquals(expected ? 1 : 0, places[(row * POSITIONS + word) * 16 + place], 0);
                    }
                    named += words[row * POSITIONS + word] > 0 ? 1 : 0;
                }
            }
            assertTrue(named > 2 * EACH, "named words: " + named);
        }
    }

    @Test
    void batchesMustTellWhatWordsName() throws IOException {
        try (Tokenizer tokenizer = tokenizer()) {
            SceneQuestions silent = data(tokenizer, Optional.empty());
            AnswerTask task = new AnswerTask(
                    model(AnswerHead.STACKED),
                    new AnswerSize(2, EACH, POSITIONS),
                    Link.SOFTMAX,
                    DropRates.none(),
                    0.5,
                    ignored -> null,
                    Optional.empty(),
                    1);
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> task.inputs(silent.of(asked()), new Task.Step(0, 0, task.initialParameters())));
            assertTrue(e.getMessage().contains("gazeWeight is 0.5"), e.getMessage());
        }
    }

    @Test
    void headsThatAttendToNothingAreRefused() {
        AnswerTask task = new AnswerTask(
                model(AnswerHead.QUESTION_ONLY),
                new AnswerSize(2, EACH, POSITIONS),
                Link.SOFTMAX,
                DropRates.none(),
                0.5,
                ignored -> null,
                Optional.empty(),
                1);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, task::loss);
        assertTrue(e.getMessage().contains("must attend to places"), e.getMessage());
    }

    private static List<SceneQuestions.Asked> asked() {
        return IntStream.range(0, 2)
                .mapToObj(i -> new SceneQuestions.Asked(SCENES.get(i), SceneQuestions.ask(SCENES.get(i), EACH, i)))
                .toList();
    }

    private SceneQuestions data(Tokenizer tokenizer, Optional<Grid> grid) {
        return new SceneQuestions(SCENES, EACH, tokenizer, POSITIONS, answers(), grid);
    }

    private static List<String> answers() {
        return asked().stream()
                .flatMap(one -> one.questions().stream())
                .map(SceneQuestion::answer)
                .distinct()
                .sorted()
                .toList();
    }

    private static QuestionVocabulary vocabulary() {
        return QuestionVocabulary.of(
                asked().stream().flatMap(one -> one.questions().stream()).map(SceneQuestion::text), 1);
    }

    private static AttentiveAnswerer model(AnswerHead head) {
        return new AttentiveAnswerer(
                new ConvEncoder(32, 16),
                head,
                vocabulary().size(),
                POSITIONS,
                answers().size(),
                32);
    }

    private Tokenizer tokenizer() throws IOException {
        AnswererWriter.saveDescription(folder, model(AnswerHead.STACKED), vocabulary(), answers());
        return Tokenizer.load(folder);
    }
}
