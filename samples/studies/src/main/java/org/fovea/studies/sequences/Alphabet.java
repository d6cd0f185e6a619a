package org.fovea.studies.sequences;

/**
 * Characters as indices: 0 is padding, 1 the start of an answer, then the given characters.
 *
 * @param characters each once
 */
record Alphabet(String characters) {
    static final int PADDING = 0;
    static final int START = 1;
    private static final int FIRST = 2;

    int size() {
        return FIRST + characters.length();
    }

    /**
     * Writes a text's indices, padding behind it.
     *
     * @throws IllegalArgumentException when a character is not in the alphabet, or the text does not fit
     */
    void encode(String text, int[] target, int from, int length) {
        if (text.length() > length) {
            throw new IllegalArgumentException(
                    "Alphabet: a text must have at most " + length + " characters, got \"" + text + "\"");
        }
        for (int i = 0; i < length; i++) {
            target[from + i] = i < text.length() ? index(text.charAt(i)) : PADDING;
        }
    }

    private int index(char c) {
        int at = characters.indexOf(c);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "Alphabet: characters must be of \"" + characters + "\", got '" + c + "'");
        }
        return FIRST + at;
    }

    /** The text of indices; padding and starts are left out. */
    String decode(int[] indices, int from, int length) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < from + length; i++) {
            if (indices[i] >= FIRST) {
                out.append(characters.charAt(indices[i] - FIRST));
            }
        }
        return out.toString();
    }
}
