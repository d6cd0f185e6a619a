package org.fovea.server.protocol;

import java.util.List;

/** A family of routes. */
public interface Protocol {
    /** The routes. */
    List<Route> routes();
}
