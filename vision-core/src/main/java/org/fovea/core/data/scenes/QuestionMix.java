package org.fovea.core.data.scenes;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.data.scenes.SceneQuestion.Kind;

/**
 * Kinds of questions to ask.
 *
 * @param kinds in turn, over and over
 * @param relations that yes-or-no questions about two objects speak of, each as often
 */
public record QuestionMix(List<Kind> kinds, List<Relation> relations) {
    /** Each kind and each relation as often. */
    public static final QuestionMix EVEN = new QuestionMix(List.of(Kind.values()), List.of(Relation.values()));

    /** Copies and checks the lists. */
    public QuestionMix {
        kinds = List.copyOf(kinds);
        relations = List.copyOf(relations);
        Check.that(!kinds.isEmpty(), "QuestionMix: kinds", "be at least one", kinds);
        Check.that(!relations.isEmpty(), "QuestionMix: relations", "be at least one", relations);
    }

    /** The kind of a question, by its number from 0. */
    public Kind kind(long number) {
        return kinds.get((int) (number % kinds.size()));
    }
}
