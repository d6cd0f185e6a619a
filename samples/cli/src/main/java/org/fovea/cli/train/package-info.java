/**
 * The commands {@code train} and {@code evaluate}, for every kind of model.
 *
 * <p>To add a task, implement {@link org.fovea.cli.train.task.TrainTask} in a package below this one, on a
 * {@link org.fovea.core.train.TrainingSetup} of the task's module, which reads the data, makes the
 * {@link org.fovea.core.train.Task} and saves the model. Then add a line to {@code TrainTasks.ALL}: plan, checkpoints,
 * resuming, logs, progress, early stopping and the curves of the report are shared.
 */
package org.fovea.cli.train;
