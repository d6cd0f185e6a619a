package org.fovea.server.task;

import java.util.function.Function;
import org.fovea.server.queue.Work;

/**
 * A request that was read.
 *
 * @param work work of the model
 * @param answer converts the model's result to JSON as maps and lists; called on the request's thread
 * @param <R> type of the model's result
 */
public record Call<R>(Work<?, R> work, Function<? super R, Object> answer) {}
