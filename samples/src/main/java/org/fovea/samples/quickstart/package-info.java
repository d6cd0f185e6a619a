/** The README's programs. */
package org.fovea.samples.quickstart;
