/** The command {@code ask}. */
package org.fovea.cli.ask;
