/** Measures of masks and of objects. */
package org.fovea.segmentation.metric;
