/** The command {@code serve}. */
package org.fovea.cli.serve;
