package org.fovea.core.data;

/**
 * An image that was skipped.
 *
 * @param name the sample's name
 * @param problem that keeps it from being read
 */
public record BrokenImage(String name, String problem) {}
