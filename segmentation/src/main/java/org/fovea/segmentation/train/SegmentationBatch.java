package org.fovea.segmentation.train;

import org.fovea.core.tensor.Tensor;

/**
 * Crops with what is known of them.
 *
 * @param pixels {@code [B, 3, H, W]}, RGB, 0 to 1
 * @param targets {@code [B, K, H, W]}, 1 for the class of the pixel, else 0; all 0 where it does not count
 * @param importance {@code [B, K, H, W]}, weight of each pixel in the losses, the same for every class; 0 where it does not count
 * @param distance {@code [B, 1, H, W]}, depth in the object, 0 to 1; all 0 where objects are not told apart
 */
public record SegmentationBatch(Tensor pixels, Tensor targets, Tensor importance, Tensor distance) {}
