/** From an image file to a model's input: decoding, resampling as Pillow does it, and the hubs' preprocessing files. */
package org.fovea.core.image;
