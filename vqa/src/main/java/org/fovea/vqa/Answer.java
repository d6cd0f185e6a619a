package org.fovea.vqa;

/**
 * An answer to a question.
 *
 * @param score the model's probability of it, from 0 to 1; of a model that writes its answers, of this wording
 */
public record Answer(String text, double score) {}
