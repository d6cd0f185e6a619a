package org.fovea.server.model;

import java.util.Locale;

/** State of a model. */
public enum ModelState {
    /** The model's files are being read. */
    LOADING,
    /** The model answers requests. */
    READY,
    /** The model could not be loaded. */
    FAILED;

    /** Name of the state in answers. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
