package org.fovea.core.data;

/** The treatment of an epoch's last samples when they do not fill a batch. */
public enum LastBatch {
    /** They are left out; others next time, as the order changes. */
    DROP,
    /** They make a smaller batch. */
    KEEP
}
