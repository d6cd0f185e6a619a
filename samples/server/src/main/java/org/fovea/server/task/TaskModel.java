package org.fovea.server.task;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.server.request.ImageRequest;

/** A loaded model of a task. Thread-safe; holds native memory until it is closed. */
public interface TaskModel extends AutoCloseable {
    /** Facts about the model for clients, beyond those of every model. */
    Map<String, Object> facts();

    /**
     * Reads a request, on its own thread: what is wrong with it is found here, and what can be done beside the model's computation is
     * done here.
     *
     * @throws org.fovea.server.request.ApiException when the request is wrong
     */
    Call<?> open(ImageRequest request);

    /**
     * Reads a request whose answer is told in parts.
     *
     * @param events takes the parts, on the thread that computes; an exception of it ends the computation
     * @return empty where the task has no parts
     * @throws org.fovea.server.request.ApiException when the request is wrong
     */
    default Optional<Call<?>> stream(ImageRequest request, Consumer<Event> events) {
        return Optional.empty();
    }

    /** Makes the programs of usual requests, so that the first of them need not wait. */
    void warm();

    /** The model with tensors. */
    TensorModel tensors();

    @Override
    void close();
}
