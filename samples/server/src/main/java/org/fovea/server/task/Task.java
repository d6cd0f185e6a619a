package org.fovea.server.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.server.request.Parameter;

/** A task that the server offers, at {@code /v1/NAME}. */
public interface Task {
    /** The name in routes. */
    String name();

    /** One sentence on what it does. */
    String text();

    /** Returns whether a checkpoint's {@code config.json} is of this task; false where there is none. */
    boolean canRead(Path directory);

    /**
     * Loads a checkpoint.
     *
     * @throws org.fovea.core.FoveaException when a file is missing or wrong
     * @throws IllegalArgumentException when the engine does not suit the model
     */
    TaskModel load(Path directory, Engine engine);

    /** The parameters of its requests, beyond those of every task. */
    List<Parameter> parameters();

    /** The schema of its answers, as in OpenAPI. */
    Map<String, Object> answerSchema();
}
