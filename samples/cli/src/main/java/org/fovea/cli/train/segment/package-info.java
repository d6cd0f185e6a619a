/** The task {@code segment} of {@code fovea train} and {@code fovea evaluate}. */
package org.fovea.cli.train.segment;
