/** Checkpoints of the published families of classifiers: reading, {@link org.fovea.vit.hub.PretrainedModel}, and writing. */
package org.fovea.vit.hub;
