/** Checkpoints as the hubs publish them: what all tasks share to recognize, read, write and describe a model family. */
package org.fovea.core.hub;
