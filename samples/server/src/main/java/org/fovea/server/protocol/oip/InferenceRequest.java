package org.fovea.server.protocol.oip;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.request.Parameters;
import org.fovea.server.request.RequestReader;
import org.fovea.server.request.Shown;
import org.fovea.server.task.Call;
import org.fovea.server.task.TaskModel;
import org.fovea.server.task.TensorModel;
import org.fovea.server.task.TensorSpec;

/**
 * A request for inference.
 *
 * @param inputs input tensors by name
 * @param outputs names of the requested outputs; empty for all
 */
record InferenceRequest(
        Optional<String> id, Map<String, InputTensor> inputs, List<String> outputs, Parameters parameters) {
    private static final int MOST_IMAGES = 64;

    static InferenceRequest read(JsonNode body) {
        Map<String, InputTensor> inputs = new LinkedHashMap<>();
        JsonNode all = body.path("inputs");
        if (!all.isArray() || all.isEmpty()) {
            throw ApiException.badRequest("inputs must be an array of tensors, got "
                    + (all.isMissingNode() ? "none" : Shown.of(all.toString())));
        }
        for (JsonNode each : all) {
            InputTensor input = InputTensor.read(each);
            if (inputs.put(input.name(), input) != null) {
                throw ApiException.badRequest("each input must be given once, got two of " + Shown.of(input.name()));
            }
        }
        List<String> outputs = new ArrayList<>();
        body.path("outputs").forEach(output -> outputs.add(output.path("name").asText()));
        JsonNode parameters = body.path("parameters");
        return new InferenceRequest(
                body.path("id").isTextual() ? Optional.of(body.path("id").textValue()) : Optional.empty(),
                inputs,
                outputs,
                parameters.isObject() ? Parameters.of(parameters) : Parameters.none());
    }

    /** Requested outputs, in the model's order. */
    List<TensorSpec> outputs(TensorModel model) {
        List<String> names = model.outputs().stream().map(TensorSpec::name).toList();
        outputs.forEach(name -> {
            if (!names.contains(name)) {
                throw ApiException.badRequest("outputs must be of " + names + ", got " + Shown.of(name));
            }
        });
        return model.outputs().stream()
                .filter(output -> outputs.isEmpty() || outputs.contains(output.name()))
                .toList();
    }

    /** Calls for each image. */
    List<Function<TaskModel, Call<?>>> calls(TensorModel model) {
        List<String> names = model.inputs().stream().map(TensorSpec::name).toList();
        inputs.forEach((name, input) -> {
            if (!names.contains(name)) {
                throw ApiException.badRequest("inputs must be of " + names + ", got " + Shown.of(name));
            }
            TensorSpec spec = model.inputs().get(names.indexOf(name));
            input.check(spec);
        });
        InputTensor pixels = inputs.get(TensorModel.PIXELS);
        InputTensor images = inputs.get(TensorModel.IMAGE);
        if ((pixels == null) == (images == null)) {
            throw ApiException.badRequest("inputs must have "
                    + (names.contains(TensorModel.PIXELS) ? "one of image and pixel_values" : "image")
                    + ", got " + inputs.keySet().stream().map(Shown::of).toList());
        }
        int count = pixels == null ? images.values().size() : pixels.rows();
        if (count < 1 || count > MOST_IMAGES) {
            throw ApiException.badRequest("a request must have 1 to " + MOST_IMAGES + " images, got " + count);
        }
        return IntStream.range(0, count)
                .<Function<TaskModel, Call<?>>>mapToObj(i -> pixels == null
                        ? loaded -> loaded.tensors().open(request(images, i, count))
                        : loaded -> loaded.tensors().open(row(pixels, i)))
                .toList();
    }

    private static Tensor row(InputTensor pixels, int row) {
        int[] shape = pixels.shape().stream().mapToInt(size -> size).toArray();
        shape[0] = 1;
        return Tensor.of(pixels.row(row), shape);
    }

    /**
     * Request for one image with the other inputs: texts, one for each image or one for all, and numbers, for a single image
     * only.
     */
    private ImageRequest request(InputTensor images, int row, int count) {
        Map<String, List<String>> others = new LinkedHashMap<>();
        inputs.forEach((name, input) -> {
            if (input != images) {
                others.put(name, List.of(input.isNumbers() ? numbers(input, count) : text(input, row, count)));
            }
        });
        byte[] image = RequestReader.base64(images.values().get(row).asText());
        return new ImageRequest(image, parameters.with(new Parameters(others)));
    }

    private static String numbers(InputTensor input, int count) {
        if (count > 1) {
            throw ApiException.badRequest(input.name() + " goes with one image, got " + count);
        }
        return input.rowsAsJson();
    }

    private static String text(InputTensor input, int row, int count) {
        int given = input.values().size();
        if (given != 1 && given != count) {
            throw ApiException.badRequest(
                    input.name() + " must have one value, or one for each of the " + count + " images, got " + given);
        }
        return input.values().get(given == 1 ? 0 : row).asText();
    }
}
