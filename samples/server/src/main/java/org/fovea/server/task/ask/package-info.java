/** The task {@code ask}. */
package org.fovea.server.task.ask;
