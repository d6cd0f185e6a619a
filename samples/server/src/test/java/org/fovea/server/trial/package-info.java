/** Trials of a running server: load, hostile requests, start. They are programs of the JDK alone, and quick tests of them. */
package org.fovea.server.trial;
