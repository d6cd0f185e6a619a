package org.fovea.server.task;

/**
 * A part of an answer.
 *
 * @param name name of the event
 * @param data data as maps and lists, sent as JSON
 */
public record Event(String name, Object data) {}
