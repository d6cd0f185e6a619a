/** The networks that segment. */
package org.fovea.segmentation.model;
