package org.fovea.vit.hub;

import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.VisionEncoder;

/**
 * The encoder of images in a model of another task, as its configuration tells it.
 *
 * @param names of its weights, without the prefix that they have in the whole model
 */
public record VisionTower(VisionEncoder encoder, NameTable names) {}
