/** Networks that segment. */
package org.fovea.segmentation.model;
