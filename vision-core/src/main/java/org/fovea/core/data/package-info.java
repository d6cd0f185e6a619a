/**
 * From files of labelled images to batches: data sets, background loading, and the bridge to DeepLearning4j's iterators.
 *
 * <p>{@link org.fovea.core.data.DataSplits} finds the images, {@link org.fovea.core.data.SamplePipeline} turns one into
 * numbers, {@link org.fovea.core.data.BatchLoader} makes batches of them, and {@link org.fovea.core.data.BatchSource} is
 * what a training loop sees.
 */
package org.fovea.core.data;
