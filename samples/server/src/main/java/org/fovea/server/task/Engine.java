package org.fovea.server.task;

import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;

/**
 * Everything that models are loaded with.
 *
 * @param batch images computed at once at most, at least 1
 * @param images reads the images of requests
 */
public record Engine(Backend backend, Precision precision, int batch, ImageReader images) {}
