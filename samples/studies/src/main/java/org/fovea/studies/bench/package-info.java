/**
 * Measures how the time and memory of each attention mechanism grow with its input, and Fovea's attention in DeepLearning4j beside
 * DeepLearning4j's own.
 */
package org.fovea.studies.bench;
