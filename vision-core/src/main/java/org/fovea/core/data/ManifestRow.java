package org.fovea.core.data;

/**
 * One line of a manifest.
 *
 * @param line number of the line, from 1
 * @param path path of the image, relative to the manifest's directory
 * @param label class name, or index of a class
 * @param split split; {@link DataSplits#UNDIVIDED} without one
 */
record ManifestRow(int line, String path, String label, String split) {}
