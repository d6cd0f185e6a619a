package org.fovea.server.model;

import java.util.Locale;

/** State of a model. */
public enum ModelState {
    /** Its files are being read. */
    LOADING,
    /** It answers. */
    READY,
    /** It could not be loaded. */
    FAILED;

    /** The name in answers. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
