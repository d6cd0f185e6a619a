package org.fovea.server.task;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.server.request.ImageRequest;

/** A loaded model of a task. Thread-safe; holds native memory until it is closed. */
public interface TaskModel extends AutoCloseable {
    /** Facts about the model for clients, beyond those that all models have. */
    Map<String, Object> facts();

    /**
     * Reads a request on the request's thread: finds errors in it, and does all the work that can run in parallel with the
     * model.
     *
     * @throws org.fovea.server.request.ApiException when the request is wrong
     */
    Call<?> open(ImageRequest request);

    /**
     * Reads a request whose answer is streamed in parts.
     *
     * @param events receives the parts on the computing thread; an exception that it throws ends the computation
     * @return empty if the task does not stream
     * @throws org.fovea.server.request.ApiException when the request is wrong
     */
    default Optional<Call<?>> stream(ImageRequest request, Consumer<Event> events) {
        return Optional.empty();
    }

    /** Compiles the programs of typical requests, so that the first requests need not wait for that. */
    void warm();

    /** View of the model as tensors. */
    TensorModel tensors();

    @Override
    void close();
}
