package org.fovea.server.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.server.request.Parameter;

/** A task that the server offers, at {@code /v1/NAME}. */
public interface Task {
    /** Name of the task in routes. */
    String name();

    /** Description of the task in one sentence. */
    String text();

    /** Returns whether the {@code config.json} of a directory belongs to this task; false without such a file. */
    boolean canRead(Path directory);

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
