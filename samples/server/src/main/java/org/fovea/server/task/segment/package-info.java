/** The task {@code segment}. */
package org.fovea.server.task.segment;
