/**
 * From samples to batches: data sets of any kind and background loading.
 *
 * <p>A {@link org.fovea.core.data.Dataset} holds samples, a {@link org.fovea.core.data.BatchFormat} reads, augments and joins
 * them, {@link org.fovea.core.data.BatchLoader} does so in background threads, and {@link org.fovea.core.data.BatchSource} is
 * what a training loop sees. For images in classes, {@link org.fovea.core.data.DataSplits} finds the images,
 * {@link org.fovea.core.data.SamplePipeline} turns one into numbers, and {@link org.fovea.core.data.ClassificationLoader} makes
 * batches of them.
 *
 * <p>Inference over many images is {@link org.fovea.core.data.ImageBatches} for every task. The facade of a new task implements
 * {@link org.fovea.core.data.BatchModel}, which prepares one image and computes a batch of them, and its {@code …All} and
 * {@code …Files} hand it on to {@code ImageBatches}; a result that can fail by itself is made in {@code Outcome.map}.
 */
package org.fovea.core.data;
