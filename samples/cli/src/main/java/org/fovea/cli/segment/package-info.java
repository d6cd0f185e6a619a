/** {@code fovea segment}. */
package org.fovea.cli.segment;
