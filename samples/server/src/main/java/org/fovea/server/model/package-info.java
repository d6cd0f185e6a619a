/** The models of a server, loaded in the background. */
package org.fovea.server.model;
