package org.fovea.vqa;

/**
 * A word of a question.
 *
 * @param weight weight of the word in the prediction; the weights of a question sum to 1
 * @param firstToken index of its first token among those of the question
 * @param tokens number of its tokens
 */
public record QuestionWord(String text, double weight, int firstToken, int tokens) {}
