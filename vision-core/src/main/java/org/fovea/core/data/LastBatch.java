package org.fovea.core.data;

/** What becomes of an epoch's last images when they do not fill a batch. */
public enum LastBatch {
    /** They are left out; others next time, as the order changes. */
    DROP,
    /** They make a smaller batch. */
    KEEP
}
