package org.fovea.captioning;

/**
 * A word of a caption, with the punctuation that clings to it.
 *
 * @param logProbability the model's own: the sum over the word's tokens
 * @param firstToken number of its first token among the new ones
 * @param tokens number of its tokens
 */
public record CaptionWord(String text, double logProbability, int firstToken, int tokens) {}
