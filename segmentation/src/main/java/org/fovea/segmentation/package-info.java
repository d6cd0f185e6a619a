/**
 * Segmentation: {@link org.fovea.segmentation.ImageSegmenter} gives each pixel of an image a class, and each object a mask where
 * the model tells objects apart.
 */
package org.fovea.segmentation;
