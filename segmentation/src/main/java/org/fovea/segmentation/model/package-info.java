/** Models that segment images, as graphs. */
package org.fovea.segmentation.model;
