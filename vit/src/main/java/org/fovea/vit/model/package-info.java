/**
 * The models as graphs, with their sizes: {@link org.fovea.vit.model.ViTConfig} and {@link org.fovea.vit.model.CctConfig} are
 * classifiers, each an encoder and a head.
 */
package org.fovea.vit.model;
