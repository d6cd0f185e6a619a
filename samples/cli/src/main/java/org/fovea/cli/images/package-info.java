/**
 * Runs over many images: finding, resuming, reporting; generic over the task and its result.
 *
 * <p>A command declares its own options and last of all {@link org.fovea.cli.images.ImageRunOptions}, whose {@code run} takes a
 * {@link org.fovea.cli.images.ResultView} of its result and the loader of its {@link org.fovea.cli.images.ImageTask}. The task
 * holds the facade and hands images on to it, and writes what files the result has; batches, bad images, {@code --resume},
 * {@code --dump}, formats, progress and exit codes are the same for all.
 */
package org.fovea.cli.images;
