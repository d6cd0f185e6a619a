package org.fovea.core.data;

/**
 * An image that was skipped.
 *
 * @param name name of the sample
 * @param problem problem that prevents reading it
 */
public record BrokenImage(String name, String problem) {}
