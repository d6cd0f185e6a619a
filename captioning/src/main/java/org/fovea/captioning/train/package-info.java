/**
 * Training of captioners and their evaluation.
 *
 * <p>{@link org.fovea.captioning.train.CaptionerSetup} makes of images with captions, as
 * {@link org.fovea.captioning.train.CaptionData} reads them, and a {@link org.fovea.core.train.TrainingConfig} of
 * {@link org.fovea.captioning.train.CaptionerKeys} what a {@link org.fovea.core.train.TrainingRun} trains;
 * {@link org.fovea.captioning.train.CaptionerScores} scores any captioner. Below them,
 * {@link org.fovea.captioning.train.CaptionTask} and {@link org.fovea.captioning.train.SelfCriticalTask} are tasks for a
 * {@link org.fovea.core.train.Trainer} of one's own.
 */
package org.fovea.captioning.train;
