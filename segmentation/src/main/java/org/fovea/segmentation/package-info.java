/** Segmentation with channel and axial attention (to come). */
package org.fovea.segmentation;
