/** The command {@code caption}. */
package org.fovea.cli.caption;
