package org.fovea.vqa.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.text.Tokenizer;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.Trainer;
import org.fovea.core.train.TrainingListener;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vqa.AnswerExplanation;
import org.fovea.vqa.Answers;
import org.fovea.vqa.EmbeddedImage;
import org.fovea.vqa.VisualAnswerer;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.hub.AnswererWriter;
import org.fovea.vqa.model.AnswerHead;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.model.QuestionVocabulary;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTaskTest {
    private static final int IMAGES = 4;
    private static final int EACH = 5;
    private static final int POSITIONS = 20;
    private static final SceneDataset SCENES = new SceneDataset(SceneOptions.defaults(), 7, IMAGES, 32, 1);
    private static final List<String> ANSWERS =
            questions().map(SceneQuestion::answer).distinct().sorted().toList();

    @TempDir
    Path folder;

    private static Stream<SceneQuestion> questions() {
        return IntStream.range(0, IMAGES).boxed().flatMap(i -> SceneQuestions.ask(SCENES.get(i), EACH, i).stream());
    }

    /** The questions alone tell many answers apart, the images alone hardly any; those that look learn all by heart. */
    @ParameterizedTest
    @EnumSource(AnswerHead.class)
    void learnsAFewScenesByHeartIfItLooksAndReads(AnswerHead head) throws IOException {
        QuestionVocabulary words = QuestionVocabulary.of(questions().map(SceneQuestion::text), 1);
        AttentiveAnswerer model =
                new AttentiveAnswerer(new ConvEncoder(32, 16), head, words.size(), POSITIONS, ANSWERS.size(), 32);
        AnswererWriter.saveDescription(folder, model, words, ANSWERS);
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            SceneQuestions data = new SceneQuestions(SCENES, EACH, tokenizer, POSITIONS, ANSWERS);
            AnswerTask task = new AnswerTask(
                    model,
                    new AnswerSize(IMAGES, EACH, POSITIONS),
                    Link.SOFTMAX,
                    DropRates.none(),
                    new SceneAnswers(data, data, IMAGES),
                    Optional.empty(),
                    3);
            Parameters learned = train(task, data, head.looks() ? 90 : 20);
            Metrics metrics = task.evaluate(learned, OneDnnBackend.create(), Precision.F32);
            double accuracy = metrics.value("accuracy");
            assertEquals(accuracy, metrics.value("held_out"), 0);
            assertEquals(head.looks(), accuracy > 0.95, metrics.toString());
            AnswererWriter.saveWeights(folder, model, learned);
            answersAsItLearned(accuracy, head.looks() ? 1 : 0);
        }
    }

    private static Parameters train(AnswerTask task, SceneQuestions data, int steps) {
        TrainingPlan plan = TrainingPlan.builder(Optimizer.adamW(0), Schedule.cosine(3e-3, 10, steps))
                .clipNorm(1)
                .build();
        AnswerBatch batch = data.of(IntStream.range(0, IMAGES)
                .mapToObj(i -> new SceneQuestions.Asked(SCENES.get(i), SceneQuestions.ask(SCENES.get(i), EACH, i)))
                .toList());
        BatchSource<AnswerBatch> batches = BatchSource.generated(IMAGES, steps, epoch -> number -> batch);
        return new Trainer<>(OneDnnBackend.create(), task, plan, Checkpoints.none(), TrainingListener.NONE)
                .fit(batches)
                .lastWeights();
    }

    /**
     * The saved model answers as the trained one did.
     *
     * @param looked sum of what it gives to the places of the image
     */
    private void answersAsItLearned(double accuracy, double looked) {
        int right = 0;
        try (VisualAnswerer answerer = VisualAnswerer.load(folder)) {
            for (int i = 0; i < IMAGES; i++) {
                EmbeddedImage image = answerer.embed(SCENES.get(i).picture());
                for (SceneQuestion question : SceneQuestions.ask(SCENES.get(i), EACH, i)) {
                    Answers answers = answerer.ask(image, question.text());
                    right += answers.best().text().equals(question.answer()) ? 1 : 0;
                }
            }
            AnswerExplanation explained =
                    answerer.explain(answerer.embed(SCENES.get(0).picture()), "what color is the zebra?");
            assertEquals(List.of("zebra"), explained.answers().unknownWords());
            double sum = 0;
            for (float weight : explained.map().toFloats()) {
                sum += weight;
            }
            assertEquals(looked, sum, 1e-4);
            assertTrue(explained.draw().width() > 0);
        }
        assertEquals(accuracy, (double) right / (IMAGES * EACH), 0.02);
    }
}
