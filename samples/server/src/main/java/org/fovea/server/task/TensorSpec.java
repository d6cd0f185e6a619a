package org.fovea.server.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Name, type and shape of a tensor.
 *
 * @param datatype {@code BYTES} or {@code FP32}
 * @param shape sizes of the axes; -1 for one that depends on the request
 */
public record TensorSpec(String name, String datatype, List<Integer> shape) {
    /** Data type of texts and files. */
    public static final String BYTES = "BYTES";
    /** Data type of numbers. */
    public static final String FP32 = "FP32";

    /** Tensor of texts, one for each image. */
    public static TensorSpec texts(String name) {
        return new TensorSpec(name, BYTES, List.of(-1));
    }

    /** Tensor of numbers. */
    public static TensorSpec numbers(String name, Integer... shape) {
        return new TensorSpec(name, FP32, List.of(shape));
    }

    /** Description as JSON. */
    public Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", name);
        out.put("datatype", datatype);
        out.put("shape", shape);
        return out;
    }

    /** Tensor as JSON with values, whose number determines the variable size. */
    public Map<String, Object> json(List<?> values) {
        int known = shape.stream().filter(size -> size > 0).reduce(1, (a, b) -> a * b);
        List<Integer> sizes = new ArrayList<>(shape);
        sizes.replaceAll(size -> size > 0 ? size : Integer.valueOf(values.size() / known));
        Map<String, Object> out = json();
        out.put("shape", sizes);
        out.put("data", values);
        return out;
    }
}
