/** Answerers of questions about drawn scenes. */
package org.fovea.studies.answers;
