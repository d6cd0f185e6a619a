/** Typed, shaped off-heap memory, and the one home of ND4J workarounds. */
package org.fovea.core.tensor;
