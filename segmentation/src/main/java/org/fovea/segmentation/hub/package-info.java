/** Published segmenters: a class for each family. */
package org.fovea.segmentation.hub;
