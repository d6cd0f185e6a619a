package org.fovea.segmentation;

/**
 * What the decoder makes of one prompt; never written.
 *
 * @param logits of all masks, one after the other
 * @param scores of each
 */
record Decoded(float[] logits, float[] scores) {}
