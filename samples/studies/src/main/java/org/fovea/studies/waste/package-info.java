/** Fovea's attention layers in a DeepLearning4j network that tells kinds of waste apart. */
package org.fovea.studies.waste;
