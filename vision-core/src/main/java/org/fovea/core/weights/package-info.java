/**
 * Weights on disk and in memory: the safetensors format, PyTorch's {@code pytorch_model.bin}, checkpoint directories,
 * parameters under Fovea's own names, the maps that lead from a checkpoint's names to ours, and initializers.
 *
 * <p>The way in is {@code NameMap.load(Checkpoint.open(directory))}.
 */
package org.fovea.core.weights;
