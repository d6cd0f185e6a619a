/**
 * Image classification with vision transformers: ViT, DeiT, DINOv2, timm's variants and compact transformers.
 *
 * <p>{@link org.fovea.vit.ImageClassifier} is the way in, for files and pixels; {@link org.fovea.vit.Presets} are the published
 * sizes by name. Below it everything is tensors: {@code org.fovea.vit.hub} reads and writes checkpoints, {@code
 * org.fovea.vit.model} holds the models.
 */
package org.fovea.vit;
