/**
 * Training: losses and optimisers as parts of a graph, schedules, the loop, and checkpoints that a run resumes from to
 * the bit.
 *
 * <p>A step is one run of one {@link org.fovea.core.backend.TrainingProgram}: forward, backward, clipping, update, moving
 * average. {@link org.fovea.core.train.TrainingGraph} builds it, {@link org.fovea.core.train.Trainer} runs it.
 */
package org.fovea.core.train;
