/** The task {@code ask} of {@code fovea train} and {@code fovea evaluate}. */
package org.fovea.cli.train.ask;
