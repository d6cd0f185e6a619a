package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.data.BatchSource;
import org.fovea.core.data.PrefetchedSource;
import org.fovea.core.data.scenes.QuestionWriter;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.ScenePixels;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.text.Tokenizer;

/**
 * Drawn scenes with questions about each, as batches: of every kind about as many, where a scene gives occasion.
 *
 * @param each questions of each scene
 * @param tokenizer of a {@link org.fovea.vqa.model.QuestionVocabulary}
 * @param positions the most words of a question
 * @param answers that there are
 */
public record SceneQuestions(SceneDataset scenes, int each, Tokenizer tokenizer, int positions, List<String> answers) {
    private static final long QUESTIONS = 0x5851f42d4c957f2dL; // tells their chance from that of the scene

    /** Checks the number. */
    public SceneQuestions {
        Check.positive("SceneQuestions: questions of each scene", each);
        answers = List.copyOf(answers);
    }

    /** Questions about one scene, by its number. */
    public static List<SceneQuestion> ask(SceneSample sample, int each, long number) {
        RandomGenerator random = new SplittableRandom(number * QUESTIONS);
        List<SceneQuestion> out = new ArrayList<>();
        for (int i = 0; out.size() < each; i++) {
            Kind kind = Kind.values()[i % Kind.values().length];
            Optional<SceneQuestion> question = QuestionWriter.write(sample.scene(), kind, random);
            question.ifPresent(out::add);
        }
        return out;
    }

    /**
     * Batches that never repeat a scene, drawn in the background.
     *
     * @param images of a batch
     * @param batches of each epoch
     */
    public BatchSource<AnswerBatch> endless(int images, int batches) {
        return new PrefetchedSource<>(images, batches, 1, epoch -> number -> {
            long first = ((long) epoch * batches + number) * images;
            return of(IntStream.range(0, images)
                    .mapToObj(i -> new Asked(scenes.drawn(first + i), first + i, each))
                    .toList());
        });
    }

    /** A scene with its questions. */
    record Asked(SceneSample sample, List<SceneQuestion> questions) {
        Asked(SceneSample sample, long number, int each) {
            this(sample, ask(sample, each, number));
        }
    }

    /** One batch. */
    AnswerBatch of(List<Asked> asked) {
        List<SceneQuestion> all =
                asked.stream().flatMap(one -> one.questions().stream()).toList();
        QuestionRows rows = QuestionRows.of(
                tokenizer, positions, all.stream().map(SceneQuestion::text).toList());
        return new AnswerBatch(
                ScenePixels.of(asked.stream().map(one -> one.sample().picture()).toList()),
                rows.ids(),
                rows.mask(),
                all.stream()
                        .map(question -> AnswerTarget.of(number(question.answer())))
                        .toList());
    }

    private int number(String answer) {
        int number = answers.indexOf(answer);
        Check.that(number >= 0, "SceneQuestions: an answer", "be one of " + answers, answer);
        return number;
    }
}
