/** Parts that every command uses: options, formats, progress, errors and exit codes. */
package org.fovea.cli.terminal;
