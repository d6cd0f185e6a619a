/** Images of any size, seen by a network tile by tile. */
package org.fovea.segmentation.tile;
