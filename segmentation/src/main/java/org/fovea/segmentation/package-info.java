/** Segmentation: masks of classes and of objects. */
package org.fovea.segmentation;
