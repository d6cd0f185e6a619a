/** The task {@code caption}. */
package org.fovea.server.task.caption;
