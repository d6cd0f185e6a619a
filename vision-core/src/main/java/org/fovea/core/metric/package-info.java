/** How good answers are: accuracies, confusion, calibration. */
package org.fovea.core.metric;
