/** The commands {@code train} and {@code evaluate}. */
package org.fovea.cli.train;
