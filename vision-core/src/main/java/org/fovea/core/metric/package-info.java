/** Quality of answers: accuracies, confusion, calibration. */
package org.fovea.core.metric;
