/**
 * Image classification with vision transformers: ViT, DeiT, DINOv2 and timm's variants.
 *
 * <p>{@link org.fovea.vit.ImageClassifier} is the way in, for files and pixels. Below it everything is tensors:
 * {@link org.fovea.vit.PublishedModel} reads a checkpoint, {@link org.fovea.vit.ViTConfig} is a model's shape (presets in
 * {@link org.fovea.vit.ViTPresets}), {@link org.fovea.vit.VisionTransformer} its graph.
 */
package org.fovea.vit;
