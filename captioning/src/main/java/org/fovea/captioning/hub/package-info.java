/** Published families of captioners. */
package org.fovea.captioning.hub;
