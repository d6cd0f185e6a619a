/** The seam of a protocol: its routes, and the way of a request through a model. */
package org.fovea.server.protocol;
