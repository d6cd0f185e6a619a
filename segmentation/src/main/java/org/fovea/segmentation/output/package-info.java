/** Files of segmentations: label images, pictures, tables, and annotations that other tools read. */
package org.fovea.segmentation.output;
