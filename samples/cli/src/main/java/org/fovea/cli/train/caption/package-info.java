/** The task {@code caption} of {@code fovea train} and {@code fovea evaluate}. */
package org.fovea.cli.train.caption;
