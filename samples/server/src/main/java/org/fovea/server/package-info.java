/** A server of models over HTTP: the facade and its options. */
package org.fovea.server;
