/** The task {@code classify}. */
package org.fovea.server.task.classify;
