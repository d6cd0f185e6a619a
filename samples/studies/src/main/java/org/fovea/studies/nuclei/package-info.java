/** A segmentation network that learns to find cell nuclei. */
package org.fovea.studies.nuclei;
