/** Kinds of models that can be trained and scored from the command line. */
package org.fovea.cli.train.task;
