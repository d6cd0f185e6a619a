package org.fovea.core.backend.onednn;

/**
 * Base addresses of memory that differs from run to run.
 *
 * @param arena address of the run's arena
 * @param states addresses of the session's states, by slot
 */
record MemoryBases(long arena, long[] states) {}
