/** The command {@code bench}. */
package org.fovea.cli.bench;
