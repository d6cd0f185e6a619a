package org.fovea.server.protocol.oip;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.Shown;
import org.fovea.server.task.TensorSpec;

/**
 * A tensor of a request.
 *
 * @param values values row by row, numbers or texts
 */
record InputTensor(String name, String datatype, List<Integer> shape, List<JsonNode> values) {
    static InputTensor read(JsonNode node) {
        String name = node.path("name").asText();
        List<Integer> shape = new ArrayList<>();
        for (JsonNode size : node.path("shape")) {
            if (!size.canConvertToInt() || size.intValue() < 0) {
                throw ApiException.badRequest("the shape of " + Shown.of(name)
                        + " must be of whole numbers from 0, got " + Shown.of(size.toString()));
            }
            shape.add(size.intValue());
        }
        if (name.isEmpty() || shape.isEmpty() || !node.path("data").isArray()) {
            throw ApiException.badRequest(
                    "an input must have name, shape, datatype and an array data, got " + Shown.of(node.toString()));
        }
        List<JsonNode> values = new ArrayList<>();
        flatten(node.path("data"), values);
        InputTensor out = new InputTensor(name, node.path("datatype").asText(), shape, values);
        long size = shape.stream().mapToLong(each -> each).reduce(1, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
        if (size != values.size()) {
            throw ApiException.badRequest("the data of " + Shown.of(name) + " must have as many values as its shape "
                    + shape + ", " + size + ", got " + values.size());
        }
        return out;
    }

    private static void flatten(JsonNode data, List<JsonNode> out) {
        for (JsonNode each : data) {
            if (each.isArray()) {
                flatten(each, out);
            } else {
                out.add(each);
            }
        }
    }

    /**
     * Checks the tensor against what a model expects.
     *
     * @throws ApiException when type, shape or values differ
     */
    void check(TensorSpec spec) {
        boolean sizes = shape.size() == spec.shape().size();
        for (int i = 0; sizes && i < shape.size(); i++) {
            sizes = spec.shape().get(i) < 0 || spec.shape().get(i).equals(shape.get(i));
        }
        if (!datatype.equals(spec.datatype()) || !sizes) {
            throw ApiException.badRequest(name + " must be " + spec.datatype() + " of the shape " + spec.shape()
                    + ", got " + Shown.of(datatype) + " of " + shape);
        }
        for (JsonNode value : values) {
            if (isNumbers() ? !value.isNumber() : !value.isTextual()) {
                throw ApiException.badRequest(name + " must be of " + (isNumbers() ? "numbers" : "strings") + ", got "
                        + Shown.of(value.toString()));
            }
        }
    }

    boolean isNumbers() {
        return datatype.equals(TensorSpec.FP32);
    }

    /** Size of the first axis. */
    int rows() {
        return shape.get(0);
    }

    /** Numbers at one index of the first axis. */
    float[] row(int row) {
        int length = values.size() / rows();
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = values.get(row * length + i).floatValue();
        }
        return out;
    }

    /** Numbers as a JSON array of rows, for a tensor whose rows have two axes. */
    String rowsAsJson() {
        List<String> rows = new ArrayList<>();
        int length = rows() == 0 ? 0 : values.size() / rows();
        for (int i = 0; i < rows(); i++) {
            rows.add(values.subList(i * length, (i + 1) * length).toString());
        }
        return rows.toString();
    }
}
