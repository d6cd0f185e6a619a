package org.fovea.server.task;

import java.util.function.Function;
import org.fovea.server.queue.Work;

/**
 * A request that was read.
 *
 * @param work the model's part
 * @param answer from the model's result to JSON as maps and lists; on the request's thread
 * @param <R> result of the model
 */
public record Call<R>(Work<?, R> work, Function<? super R, Object> answer) {}
