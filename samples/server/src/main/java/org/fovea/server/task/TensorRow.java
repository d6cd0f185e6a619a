package org.fovea.server.task;

import java.util.List;
import java.util.Map;

/**
 * Outputs of one image.
 *
 * @param values values of each output by name: strings or doubles
 */
public record TensorRow(Map<String, List<Object>> values) {}
