package org.fovea.server.protocol;

import java.util.List;

/** A family of routes. */
public interface Protocol {
    /** Routes of the protocol. */
    List<Route> routes();
}
