/**
 * Training of any task: losses and optimizers as parts of a graph, schedules, the loop, logs, and checkpoints that a run
 * resumes from to the bit.
 *
 * <p>A {@link org.fovea.core.train.Task} says what is learned, a {@link org.fovea.core.train.TrainingPlan} how, and
 * {@link org.fovea.core.train.Trainer} does it. A step is one run of one {@link org.fovea.core.backend.TrainingProgram}:
 * forward, backward, clipping, update, moving average. {@link org.fovea.core.train.TrainingGraph} builds it,
 * {@link org.fovea.core.train.GraphTrainer} runs it.
 */
package org.fovea.core.train;
