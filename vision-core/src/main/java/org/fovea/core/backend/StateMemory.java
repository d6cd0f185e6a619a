package org.fovea.core.backend;

import org.fovea.core.tensor.Tensor;

/** Memory of one state, held by the sessions that share it; arguments are checked by {@link StateSession}. */
public abstract class StateMemory {
    private int holders = 1;

    /** Creates a memory; for backends. */
    protected StateMemory() {}

    /** Current values, F32 or F64. */
    protected abstract Tensor get();

    /** Sets all values. */
    protected abstract void set(Tensor value);

    /** Reorders the first axis: row i becomes the former row {@code rows[i]}. */
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
