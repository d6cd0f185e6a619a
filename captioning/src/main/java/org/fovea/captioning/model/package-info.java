/** Models that describe images, as graphs. */
package org.fovea.captioning.model;
