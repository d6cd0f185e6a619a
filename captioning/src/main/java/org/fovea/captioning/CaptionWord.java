package org.fovea.captioning;

/**
 * A word of a caption, with the punctuation that clings to it.
 *
 * @param logProbability log-probability under the model, before any rules: the sum over the word's tokens
 * @param firstToken index of its first token among the new ones
 * @param tokens number of its tokens
 */
public record CaptionWord(String text, double logProbability, int firstToken, int tokens) {}
