package org.fovea.server.task;

import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;

/**
 * Everything that models are loaded with.
 *
 * @param batch maximum number of images computed together, at least 1
 * @param images reads the images of requests
 */
public record Engine(Backend backend, Precision precision, int batch, ImageReader images) {}
