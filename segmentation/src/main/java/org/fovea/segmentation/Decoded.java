package org.fovea.segmentation;

/**
 * Masks, scores and attention of one prompt; never written.
 *
 * @param logits logits of all masks, one after the other
 * @param scores predicted intersection over union of each mask
 */
record Decoded(float[] logits, float[] scores) {}
