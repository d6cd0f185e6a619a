package org.fovea.server.protocol;

/**
 * An answer of a model.
 *
 * @param json answer as maps and lists
 */
public record Answer(Object json, Timings timings) {}
