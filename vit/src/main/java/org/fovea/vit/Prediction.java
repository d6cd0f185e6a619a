package org.fovea.vit;

/**
 * One class and how likely it is.
 *
 * @param label its name in the checkpoint
 * @param index its place among the logits, from 0
 * @param probability its softmax over all classes, 0 to 1
 * @param logit the score that the model computed
 */
public record Prediction(String label, int index, double probability, double logit) {}
