package org.fovea.vit;

/**
 * One class and how likely it is.
 *
 * @param label name of the class in the checkpoint
 * @param index index of the class among the logits, from 0
 * @param probability softmax of the logit over all classes, 0 to 1
 * @param logit the score that the model computed
 */
public record Prediction(String label, int index, double probability, double logit) {}
