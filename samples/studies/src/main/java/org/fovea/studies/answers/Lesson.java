package org.fovea.studies.answers;

import java.util.List;
import org.fovea.core.data.scenes.QuestionMix;
import org.fovea.core.data.scenes.Relation;
import org.fovea.core.data.scenes.SceneQuestion.Kind;

/** Questions that a training asks. */
enum Lesson {
    /** Each kind as often. */
    EVEN(QuestionMix.EVEN),
    /**
     * Left of and above alone. An answer turns over with the two objects exchanged and with "left" for "right", so that neither the
     * relation, nor the order of the objects, nor their places tells anything alone; fixing the first lets the others be learned.
     */
    RELATIONS(new QuestionMix(List.of(Kind.RELATION), List.of(Relation.LEFT, Relation.ABOVE))),
    /** More of what is harder: four relations of ten questions, two comparisons, two counts. */
    HARDER(new QuestionMix(
            List.of(
                    Kind.RELATION,
                    Kind.COMPARISON,
                    Kind.COUNT,
                    Kind.RELATION,
                    Kind.ATTRIBUTE,
                    Kind.RELATION,
                    Kind.COUNT,
                    Kind.RELATION,
                    Kind.COMPARISON,
                    Kind.EXISTENCE),
            List.of(Relation.values())));

    private final QuestionMix mix;

    Lesson(QuestionMix mix) {
        this.mix = mix;
    }

    /** The questions of the training. */
    QuestionMix mix() {
        return mix;
    }

    /** The questions that choose the best weights: after a lesson of one kind alone the others are forgotten for a while. */
    QuestionMix tested() {
        return this == RELATIONS ? mix : QuestionMix.EVEN;
    }
}
