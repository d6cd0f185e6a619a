package org.fovea.server.task;

/**
 * A part of an answer.
 *
 * @param name of the event
 * @param data JSON as maps and lists
 */
public record Event(String name, Object data) {}
