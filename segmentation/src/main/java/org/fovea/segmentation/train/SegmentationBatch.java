package org.fovea.segmentation.train;

import org.fovea.core.tensor.Tensor;

/**
 * Crops with what is known of them.
 *
 * @param pixels {@code [B, 3, H, W]}, RGB, 0 to 1
 * @param targets {@code [B, K, H, W]}, 1 for the class of the pixel, else 0; all 0 for ignored pixels
 * @param importance {@code [B, K, H, W]}, weight of each pixel in the losses, the same for every class; 0 for ignored pixels
 * @param distance {@code [B, 1, H, W]}, depth within the object, 0 to 1; all 0 if objects are not separated
 */
public record SegmentationBatch(Tensor pixels, Tensor targets, Tensor importance, Tensor distance) {}
