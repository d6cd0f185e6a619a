/**
 * Training and evaluation of image classifiers.
 *
 * <p>{@link org.fovea.vit.train.ClassifierSetup} makes of images and a {@link org.fovea.core.train.TrainingConfig} of
 * {@link org.fovea.vit.train.ClassifierKeys} what a {@link org.fovea.core.train.TrainingRun} trains, which leaves a checkpoint;
 * {@link org.fovea.vit.train.Evaluation} scores one. Below them, {@link org.fovea.vit.train.ClassifierTask} is the task for a
 * {@link org.fovea.core.train.Trainer} of one's own.
 */
package org.fovea.vit.train;
