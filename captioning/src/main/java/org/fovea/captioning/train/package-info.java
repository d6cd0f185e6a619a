/** Training of captioners and their evaluation. */
package org.fovea.captioning.train;
