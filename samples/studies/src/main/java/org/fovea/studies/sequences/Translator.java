package org.fovea.studies.sequences;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;

/** A model that answers one sequence by another. */
interface Translator {
    /**
     * Scores of a model for every place of the answer at once, each from the places before it.
     *
     * @param logits {@code [B, T, words]}
     * @param alignment {@code [B, T, S]}, how much each place of the answer looked at each place of the question
     */
    record Scores(Value logits, Value alignment) {}

    /** Name of the model in tables. */
    String name();

    /**
     * Adds the model.
     *
     * @param words size of the alphabet
     * @param question indices {@code [B, S]}
     * @param seen {@code [B, S]}, 1 for characters and 0 for padding
     * @param before indices {@code [B, T]}: the answer shifted by one, a start in front
     */
    Scores build(Scope scope, int words, Value question, Value seen, Value before);
}
