/** From the numbers that a network gives the places of a grid to masks of pixels, and what is told of them. */
package org.fovea.segmentation.mask;
