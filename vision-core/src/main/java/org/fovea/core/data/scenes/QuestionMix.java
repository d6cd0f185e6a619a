package org.fovea.core.data.scenes;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.data.scenes.SceneQuestion.Kind;

/**
 * Kinds of questions to ask.
 *
 * @param kinds kinds, which are cycled through
 * @param relations relations of yes-or-no questions about two objects, with equal frequency
 */
public record QuestionMix(List<Kind> kinds, List<Relation> relations) {
    /** Mix with equal frequency of all kinds and relations. */
    public static final QuestionMix EVEN = new QuestionMix(List.of(Kind.values()), List.of(Relation.values()));

    /** Copies and checks the lists. */
    public QuestionMix {
        kinds = List.copyOf(kinds);
        relations = List.copyOf(relations);
        Check.that(!kinds.isEmpty(), "QuestionMix: kinds", "be at least one", kinds);
        Check.that(!relations.isEmpty(), "QuestionMix: relations", "be at least one", relations);
    }

    /** Kind of the question with a number, from 0. */
    public Kind kind(long number) {
        return kinds.get((int) (number % kinds.size()));
    }
}
