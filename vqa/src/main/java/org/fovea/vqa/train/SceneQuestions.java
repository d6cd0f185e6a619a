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
import org.fovea.core.data.scenes.QuestionMix;
import org.fovea.core.data.scenes.QuestionWriter;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneMasks;
import org.fovea.core.data.scenes.ScenePixels;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.vqa.model.Grid;

/**
 * Drawn scenes with questions about each, as batches: as a mix asks, where a scene gives occasion.
 *
 * @param each number of questions of each scene
 * @param tokenizer tokenizer of a {@link org.fovea.vqa.model.QuestionVocabulary}
 * @param positions maximum number of words of a question
 * @param answers answers in the order of the model's scores
 * @param grid grid of positions for which the batches say what is visible there; empty if they do not
 */
public record SceneQuestions(
        SceneDataset scenes, int each, Tokenizer tokenizer, int positions, List<String> answers, Optional<Grid> grid) {
    private static final long QUESTIONS = 0x5851f42d4c957f2dL; // separates their randomness from that of scenes

    /** Checks the number. */
    public SceneQuestions {
        Check.positive("SceneQuestions: questions of each scene", each);
        answers = List.copyOf(answers);
    }

    /** Creates questions whose batches do not say what is visible at each position. */
    public SceneQuestions(SceneDataset scenes, int each, Tokenizer tokenizer, int positions, List<String> answers) {
        this(scenes, each, tokenizer, positions, answers, Optional.empty());
    }

    /** Questions about one scene, in about equal numbers of each kind. */
    public static List<SceneQuestion> ask(SceneSample sample, int each, long number) {
        return ask(sample, each, number, QuestionMix.EVEN, 0);
    }

    /** Questions of a mix; about existence where a scene does not permit a question of any other kind. */
    private static List<SceneQuestion> ask(SceneSample sample, int each, long number, QuestionMix mix, long first) {
        RandomGenerator random = new SplittableRandom(number * QUESTIONS);
        List<SceneQuestion> out = new ArrayList<>();
        int misses = 0; // consecutive failures
        for (int i = 0; out.size() < each; i++) {
            Kind kind = misses < mix.kinds().size() ? mix.kind(first + i) : Kind.EXISTENCE;
            Optional<SceneQuestion> question = QuestionWriter.write(sample.scene(), kind, mix.relations(), random);
            question.ifPresent(out::add);
            misses = question.isPresent() ? 0 : misses + 1;
        }
        return out;
    }

    /**
     * Batches of scenes that never repeat, drawn in the background.
     *
     * @param images number of images in a batch
     * @param batches number of batches in an epoch
     * @param mix mix of the questions' kinds
     */
    public BatchSource<AnswerBatch> endless(int images, int batches, QuestionMix mix) {
        return new PrefetchedSource<>(images, batches, 1, epoch -> number -> {
            long first = ((long) epoch * batches + number) * images;
            return of(IntStream.range(0, images)
                    .mapToObj(i -> asked(scenes.drawn(first + i), first + i, mix))
                    .toList());
        });
    }

    /** A scene with its questions. */
    record Asked(SceneSample sample, List<SceneQuestion> questions) {}

    /** Scene with questions of a mix, by its number. */
    Asked asked(SceneSample sample, long number, QuestionMix mix) {
        return new Asked(sample, ask(sample, each, number, mix, number * each));
    }

    /** Batch of the given questions. */
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
                        .toList(),
                grid.map(places -> named(asked, places)));
    }

    private NamedPlaces named(List<Asked> asked, Grid grid) {
        int rows = asked.size() * each;
        float[] places = new float[rows * positions * grid.places()];
        float[] words = new float[rows * positions];
        int row = 0;
        for (Asked one : asked) {
            boolean[][] shows = SceneMasks.places(one.sample(), grid.rows(), grid.columns());
            for (SceneQuestion question : one.questions()) {
                name(question, shows, row++ * positions, places, words);
            }
        }
        return new NamedPlaces(Tensor.of(places, rows, positions, grid.places()), Tensor.of(words, rows, positions));
    }

    /** Fills in the positions that one question's words name, from row {@code from} of {@code [rows·T, M]}. */
    private static void name(SceneQuestion question, boolean[][] shows, int from, float[] places, float[] words) {
        for (int word = 0; word < question.words().size(); word++) {
            for (int object : question.words().get(word).objects()) {
                for (int i = 0; i < shows[object].length; i++) {
                    if (shows[object][i]) {
                        places[(from + word) * shows[object].length + i] = 1;
                        words[from + word] = 1;
                    }
                }
            }
        }
    }

    private int number(String answer) {
        int number = answers.indexOf(answer);
        Check.that(number >= 0, "SceneQuestions: an answer", "be one of " + answers, answer);
        return number;
    }
}
