/** The Open Inference Protocol v2. */
package org.fovea.server.protocol.oip;
