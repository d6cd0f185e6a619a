/** The {@code fovea} command line. */
package org.fovea.cli;
