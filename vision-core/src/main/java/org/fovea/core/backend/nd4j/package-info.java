/**
 * Runs graphs on ND4J arrays, on whatever backend ND4J itself has chosen: the reference the faster one is held to.
 *
 * <p>{@code Plan} orders the nodes a program needs and says when memory is free; {@code Nd4jProgram} runs it; the
 * {@code ...Kernels} classes compute, one theme each, found through {@code KernelTable}. A value at run time is a
 * row-major array without gaps, whatever its shape; kernels view it under the shape they need.
 */
package org.fovea.core.backend.nd4j;
