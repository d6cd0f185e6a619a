package org.fovea.segmentation.hub;

import org.fovea.core.hub.NameTable;
import org.fovea.segmentation.model.Sam;

/**
 * A SAM as its {@code config.json} tells it.
 *
 * @param names of the weights
 */
record SamSpec(Sam model, NameTable names) {}
