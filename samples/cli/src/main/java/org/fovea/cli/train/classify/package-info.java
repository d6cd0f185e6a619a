/** The task {@code classify} of {@code fovea train} and {@code fovea evaluate}. */
package org.fovea.cli.train.classify;
