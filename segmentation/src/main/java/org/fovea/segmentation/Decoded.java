package org.fovea.segmentation;

/**
 * Masks, scores and attention of one prompt; never written.
 *
 * @param logits of all masks, one after the other
 * @param scores of each
 */
record Decoded(float[] logits, float[] scores) {}
