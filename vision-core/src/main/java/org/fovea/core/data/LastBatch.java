package org.fovea.core.data;

/** The treatment of an epoch's last samples when they do not fill a batch. */
public enum LastBatch {
    /** Drops the incomplete batch; other samples are in it next time, since the order changes. */
    DROP,
    /** Keeps the incomplete batch. */
    KEEP
}
