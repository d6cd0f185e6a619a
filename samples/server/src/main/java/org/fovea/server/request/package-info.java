/** Requests: their bodies, parameters and errors. */
package org.fovea.server.request;
