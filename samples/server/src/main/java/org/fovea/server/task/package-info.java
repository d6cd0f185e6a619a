/** The seam of a task: its models, requests and answers. */
package org.fovea.server.task;
