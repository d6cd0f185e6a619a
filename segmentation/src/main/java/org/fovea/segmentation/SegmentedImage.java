package org.fovea.segmentation;

import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.mask.Segmentation;

/** An image with its segmentation, for pictures of both. */
public record SegmentedImage(RgbImage image, Segmentation segmentation) {}
