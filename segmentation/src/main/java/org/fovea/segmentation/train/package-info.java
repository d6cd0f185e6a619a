/** Training of segmentation networks. */
package org.fovea.segmentation.train;
