/** {@code fovea scenes}. */
package org.fovea.cli.scenes;
