package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fovea.core.data.scenes.QuestionMix;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;

/**
 * Share of right answers to questions about unseen scenes, of all and of each kind, and about scenes of combinations that were
 * never seen. The first is the judge.
 *
 * @param seen unseen scenes with the combinations of color and shape that occur in training
 * @param heldOut scenes with combinations that never occur in training
 * @param images number of images in a batch; the number of batches follows from the data sets
 * @param mix kinds of the questions
 */
public record SceneAnswers(SceneQuestions seen, SceneQuestions heldOut, int images, QuestionMix mix)
        implements AnswerEvaluation {
    private static final String ACCURACY = "accuracy";

    /** Creates an evaluation with questions of all kinds in equal numbers. */
    public SceneAnswers(SceneQuestions seen, SceneQuestions heldOut, int images) {
        this(seen, heldOut, images, QuestionMix.EVEN);
    }

    @Override
    public Metrics score(Answers answers) {
        List<Metric> all = new ArrayList<>();
        List<List<SceneQuestions.Asked>> batches = batches(seen);
        List<Boolean> right = right(answers, seen, batches);
        List<Kind> kinds = batches.stream()
                .flatMap(List::stream)
                .flatMap(asked -> asked.questions().stream())
                .map(SceneQuestion::kind)
                .toList();
        all.add(Metric.higher(ACCURACY, share(right, IntStream.range(0, right.size()))));
        for (Kind kind : Kind.values()) {
            IntStream ofKind = IntStream.range(0, right.size()).filter(i -> kinds.get(i) == kind);
            all.add(Metric.higher(kind.name().toLowerCase(Locale.ROOT), share(right, ofKind)));
        }
        List<Boolean> others = right(answers, heldOut, batches(heldOut));
        all.add(Metric.higher("held_out", share(others, IntStream.range(0, others.size()))));
        return new Metrics(all, ACCURACY);
    }

    private List<List<SceneQuestions.Asked>> batches(SceneQuestions data) {
        return IntStream.range(0, data.scenes().size() / images)
                .mapToObj(batch -> IntStream.range(batch * images, (batch + 1) * images)
                        .mapToObj(i -> data.asked(data.scenes().get(i), i, mix))
                        .toList())
                .toList();
    }

    private static List<Boolean> right(Answers answers, SceneQuestions data, List<List<SceneQuestions.Asked>> batches) {
        List<Boolean> right = new ArrayList<>();
        for (List<SceneQuestions.Asked> asked : batches) {
            AnswerBatch batch = data.of(asked);
            List<Integer> said = answers.of(batch);
            for (int i = 0; i < said.size(); i++) {
                right.add(batch.targets().get(i).equals(AnswerTarget.of(said.get(i))));
            }
        }
        return right;
    }

    private static double share(List<Boolean> right, IntStream which) {
        return which.mapToDouble(i -> right.get(i) ? 1 : 0).average().orElse(0);
    }
}
