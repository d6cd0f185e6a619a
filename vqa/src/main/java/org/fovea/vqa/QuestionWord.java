package org.fovea.vqa;

/**
 * A word of a question.
 *
 * @param weight of it in what the model read; those of a question sum to 1
 * @param firstToken number of its first token among those of the question
 * @param tokens number of its tokens
 */
public record QuestionWord(String text, double weight, int firstToken, int tokens) {}
