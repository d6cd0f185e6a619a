package org.fovea.core.generate;

import java.util.List;

/**
 * Tokens that begin, end and fill a text; {@link #NONE} for one that there is not.
 *
 * @param begin first token of a text
 * @param end tokens that end a text
 * @param pad token after the end
 * @param decoderStart first token of the decoder of an encoder-decoder
 */
public record TokenIds(int begin, List<Integer> end, int pad, int decoderStart) {
    /** Stands for a missing token. */
    public static final int NONE = -1;

    /** Copies the list. */
    public TokenIds {
        end = List.copyOf(end);
    }

    /** Creates an object without any tokens. */
    public static TokenIds none() {
        return new TokenIds(NONE, List.of(), NONE, NONE);
    }

    /** First token of a decoder's text. */
    public int first() {
        return decoderStart != NONE ? decoderStart : begin;
    }

    /** Copy with the tokens of another object where they are not {@link #NONE}. */
    public TokenIds with(TokenIds other) {
        return new TokenIds(
                other.begin != NONE ? other.begin : begin,
                other.end.isEmpty() ? end : other.end,
                other.pad != NONE ? other.pad : pad,
                other.decoderStart != NONE ? other.decoderStart : decoderStart);
    }
}
