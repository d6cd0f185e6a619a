package org.fovea.studies.answers;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.data.scenes.PointingGame;
import org.fovea.core.data.scenes.SceneQuestion;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.vqa.AnswerExplanation;

/**
 * Right answers and hits of the pointing game, of all questions and by kind. Questions about what is not there point at nothing and
 * are left out of the game.
 */
final class AnswerMarks {
    private final Map<Kind, Mark> byKind = new EnumMap<>(Kind.class);
    private final Mark all = new Mark();

    /** Counts of some questions. */
    private static final class Mark {
        private final PointingGame game = new PointingGame();
        private int asked;
        private int right;

        void add(SceneSample sample, SceneQuestion question, AnswerExplanation explained) {
            asked++;
            right += explained.answers().best().text().equals(question.answer()) ? 1 : 0;
            if (!question.objects().isEmpty()) {
                game.add(sample, question.objects(), explained.map());
            }
        }

        double accuracy() {
            return 100.0 * right / asked;
        }
    }

    /** Marks one answer. */
    void add(SceneSample sample, SceneQuestion question, AnswerExplanation explained) {
        all.add(sample, question, explained);
        byKind.computeIfAbsent(question.kind(), kind -> new Mark()).add(sample, question, explained);
    }

    /** Two lines: right answers, and the pointing game with the share that places drawn at random would have. */
    String text() {
        StringBuilder out =
                new StringBuilder(String.format(Locale.ROOT, "all %.2f%% of %,d", all.accuracy(), all.asked));
        byKind.forEach(
                (kind, mark) -> out.append(String.format(Locale.ROOT, ", %s %.2f%%", name(kind), mark.accuracy())));
        out.append(String.format(
                Locale.ROOT,
                "%n          pointing %.2f%% of %,d (by chance %.2f%%)",
                100 * all.game.hits(),
                all.game.games(),
                100 * all.game.chance()));
        byKind.forEach((kind, mark) -> out.append(String.format(
                Locale.ROOT, ", %s %.2f%% (%.2f%%)", name(kind), 100 * mark.game.hits(), 100 * mark.game.chance())));
        return out.toString();
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
