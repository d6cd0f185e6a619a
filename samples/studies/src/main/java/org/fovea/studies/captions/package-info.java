/** Captioners of drawn scenes. */
package org.fovea.studies.captions;
