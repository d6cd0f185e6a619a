package org.fovea.server.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fovea.server.request.ImageRequest;

/**
 * Tensors whose values are members of a task's usual answer.
 *
 * @param opening reads a request like the task
 * @param entries extracts from an answer the entries that each provide one value
 */
public record FieldTensors(
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Function<ImageRequest, Call<?>> opening,
        Function<Object, List<?>> entries)
        implements TensorModel {
    /** First entry of an answer that is a list, as a list. */
    public static List<?> first(Object answer) {
        return ((List<?>) answer).subList(0, 1);
    }

    @Override
    public Call<?> open(ImageRequest request) {
        return rows(opening.apply(request));
    }

    private <R> Call<R> rows(Call<R> call) {
        return new Call<>(call.work(), result -> row(call.answer().apply(result)));
    }

    private TensorRow row(Object answer) {
        Map<String, List<Object>> out = new HashMap<>();
        for (TensorSpec output : outputs) {
            List<Object> values = new ArrayList<>();
            entries.apply(answer).forEach(entry -> values.add(((Map<?, ?>) entry).get(output.name())));
            out.put(output.name(), values);
        }
        return new TensorRow(out);
    }
}
