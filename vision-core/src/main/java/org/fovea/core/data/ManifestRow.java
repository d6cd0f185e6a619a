package org.fovea.core.data;

/**
 * One line of a manifest.
 *
 * @param line its number, from 1
 * @param path the image's path, relative to the manifest's directory
 * @param label a class name, or the index of one
 * @param split {@link DataSplits#UNDIVIDED} without one
 */
record ManifestRow(int line, String path, String label, String split) {}
