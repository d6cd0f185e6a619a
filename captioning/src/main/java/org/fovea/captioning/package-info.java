/** Image captioning with soft attention (to come). */
package org.fovea.captioning;
