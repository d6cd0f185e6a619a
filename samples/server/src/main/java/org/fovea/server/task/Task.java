package org.fovea.server.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelDescription;
import org.fovea.server.request.Parameter;

/** A task that the server offers, at {@code /v1/NAME}. */
public interface Task {
    /** Name of the task in routes. */
    String name();

    /** Description of the task in one sentence. */
    String text();

    /** The models of this task, a catalog for each kind. */
    List<ModelCatalog> catalogs();

    /** The catalog of a checkpoint; empty where its {@code config.json} is of another task, or there is none. */
    default Optional<ModelCatalog> catalog(Path directory) {
        return catalogs().stream()
                .filter(catalog -> catalog.families().canRead(directory))
                .findFirst();
    }

    /**
     * Describes a checkpoint of this task.
     *
     * @throws org.fovea.core.FoveaException when a file is missing or wrong
     */
    default ModelDescription describe(Path directory) {
        return catalog(directory).orElseThrow().checkpoint(directory, Optional.empty());
    }

    /**
     * Loads a checkpoint.
     *
     * @throws org.fovea.core.FoveaException when a file is missing or wrong
     * @throws IllegalArgumentException when the model does not support the engine
     */
    TaskModel load(Path directory, Engine engine);

    /** Parameters of requests, beyond those that all tasks share. */
    List<Parameter> parameters();

    /** Schema of answers, in OpenAPI's form. */
    Map<String, Object> answerSchema();
}
