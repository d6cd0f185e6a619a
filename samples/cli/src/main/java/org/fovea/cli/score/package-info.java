/** The command {@code score}: measures of results against what people wrote. */
package org.fovea.cli.score;
