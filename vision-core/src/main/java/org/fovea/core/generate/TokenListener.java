package org.fovea.core.generate;

/** Receives tokens while a text is being written. */
@FunctionalInterface
public interface TokenListener {
    /** Hears nothing. */
    TokenListener NONE = (image, text, token, logProbability) -> {};

    /**
     * Hears of the next token of a text. Beam search tells the tokens of its best text at its end, for until then they may
     * change.
     *
     * @param image number of the image in the batch
     * @param text number of the text of the image
     * @param token its id, the end token included
     * @param logProbability the model's own
     */
    void token(int image, int text, int token, double logProbability);
}
