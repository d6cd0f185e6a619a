/** Predictions as TorchServe and DJL Serving answer them. */
package org.fovea.server.protocol.torchserve;
