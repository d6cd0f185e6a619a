/** The command {@code classify}. */
package org.fovea.cli.classify;
