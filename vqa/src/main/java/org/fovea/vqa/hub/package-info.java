/** Answerers as the hubs publish them: families, names of weights, options. */
package org.fovea.vqa.hub;
