package org.fovea.vqa;

/**
 * An answer to a question.
 *
 * @param score probability of the answer under the model, from 0 to 1; for a model that generates answers, that of the exact
 *     wording
 */
public record Answer(String text, double score) {}
