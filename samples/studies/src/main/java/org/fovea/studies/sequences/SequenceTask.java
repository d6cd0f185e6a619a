package org.fovea.studies.sequences;

import java.util.random.RandomGenerator;

/** Texts to be answered by texts of one length. */
interface SequenceTask {
    /** A question and its answer. */
    record Pair(String question, String answer) {}

    /** Draws a pair. */
    Pair draw(RandomGenerator random);

    /** The characters of questions and answers. */
    Alphabet alphabet();

    /** The most characters of a question. */
    int questionLength();

    /** The characters of every answer. */
    int answerLength();
}
