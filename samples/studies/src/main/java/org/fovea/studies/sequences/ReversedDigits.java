package org.fovea.studies.sequences;

import java.util.random.RandomGenerator;

/**
 * Digits to be said in reverse.
 *
 * @param length number of digits
 */
record ReversedDigits(int length) implements SequenceTask {
    private static final Alphabet DIGITS = new Alphabet("0123456789");

    @Override
    public Pair draw(RandomGenerator random) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < length; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        String question = digits.toString();
        return new Pair(question, digits.reverse().toString());
    }

    @Override
    public Alphabet alphabet() {
        return DIGITS;
    }

    @Override
    public int questionLength() {
        return length;
    }

    @Override
    public int answerLength() {
        return length;
    }
}
