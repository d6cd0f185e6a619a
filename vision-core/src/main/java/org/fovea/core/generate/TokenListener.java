package org.fovea.core.generate;

/** Receives tokens while a text is being written. */
@FunctionalInterface
public interface TokenListener {
    /** Listener that ignores all tokens. */
    TokenListener NONE = (image, text, token, logProbability) -> {};

    /**
     * Receives the next token of a text. Beam search reports the tokens of its best text at the end only, since they may change
     * until then.
     *
     * @param image index of the image in the batch
     * @param text index of the text among those of the image
     * @param token id of the token; the end token is reported too
     * @param logProbability log-probability under the model, before any rules
     */
    void token(int image, int text, int token, double logProbability);
}
