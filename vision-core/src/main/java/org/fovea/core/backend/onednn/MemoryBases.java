package org.fovea.core.backend.onednn;

/**
 * Where memory that differs from run to run begins.
 *
 * @param arena address of the run's arena
 * @param states addresses of the session's states, by slot
 */
record MemoryBases(long arena, long[] states) {}
