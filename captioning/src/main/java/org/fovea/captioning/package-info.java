/**
 * Image captioning: {@link org.fovea.captioning.ImageCaptioner} describes images in words and says of each word where the model
 * looked.
 */
package org.fovea.captioning;
