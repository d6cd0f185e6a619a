/** Work that waits for a model, computed in batches. */
package org.fovea.server.queue;
