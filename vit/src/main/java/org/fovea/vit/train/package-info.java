/**
 * Training and evaluation of image classifiers.
 *
 * <p>{@link org.fovea.vit.train.TrainingSession} runs a {@link org.fovea.core.train.TrainingConfig} of
 * {@link org.fovea.vit.train.ClassifierKeys} on a folder of images and leaves a checkpoint;
 * {@link org.fovea.vit.train.Evaluation} scores one. Below them, {@link org.fovea.vit.train.ClassifierTask} is the task for a
 * {@link org.fovea.core.train.Trainer} of one's own.
 */
package org.fovea.vit.train;
