package org.fovea.core.backend;

import org.fovea.core.tensor.Tensor;

/** Memory of one state, held by the sessions that share it; arguments are checked by {@link StateSession}. */
public abstract class StateMemory {
    private int holders = 1;

    /** A memory, made by a backend. */
    protected StateMemory() {}

    /** The values now, F32 or F64. */
    protected abstract Tensor get();

    /** Sets all values. */
    protected abstract void set(Tensor value);

    /** Row i of the first axis becomes what row {@code rows[i]} was. */
    protected abstract void selectRows(int[] rows);

    /** Sets all values to 0. */
    protected abstract void clear();

    /** Frees the memory; called once. */
    protected abstract void free();

    final void hold() {
        holders++;
    }

    final void release() {
        if (--holders == 0) {
            free();
        }
    }
}
