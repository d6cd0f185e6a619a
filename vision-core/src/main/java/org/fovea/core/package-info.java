/** Foundations that all parts of Fovea share: the tensor, graph, backend, weights and image packages live below. */
package org.fovea.core;
