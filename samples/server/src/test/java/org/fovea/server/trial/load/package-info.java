/** Load on a running server. */
package org.fovea.server.trial.load;
