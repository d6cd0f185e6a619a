/**
 * Training of answerers on questions whose answers come from a list, and their evaluation.
 *
 * <p>{@link org.fovea.vqa.train.AnswererSetup} makes of images with questions, as {@link org.fovea.vqa.train.AnswerData} reads them,
 * and a {@link org.fovea.core.train.TrainingConfig} of {@link org.fovea.vqa.train.AnswererKeys} what a
 * {@link org.fovea.core.train.TrainingRun} trains; {@link org.fovea.vqa.train.AnswererScores} scores any answerer. Below them,
 * {@link org.fovea.vqa.train.AnswerTask} is a task for a {@link org.fovea.core.train.Trainer} of one's own.
 */
package org.fovea.vqa.train;
