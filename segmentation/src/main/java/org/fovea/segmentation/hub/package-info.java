/** Published families of segmenters. */
package org.fovea.segmentation.hub;
