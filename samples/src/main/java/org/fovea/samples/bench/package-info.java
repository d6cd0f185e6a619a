/** Measures how the time and memory of each attention mechanism grow with its input. */
package org.fovea.samples.bench;
