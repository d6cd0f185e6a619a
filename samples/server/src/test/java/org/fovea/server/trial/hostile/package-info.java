/** Requests that mean harm or are broken, which the server must survive. */
package org.fovea.server.trial.hostile;
